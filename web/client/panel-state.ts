import type { UseChatKitReturn } from '@openai/chatkit-react';

/** What the rest of a page may do with the chat. */
export type ChatKitHandle = Omit<UseChatKitReturn, 'control' | 'ref'>;

/** Whether the panel is open, and the chat in it once that can be used. */
export class PanelState {
  #open: boolean;
  #chat: ChatKitHandle | undefined;
  #waiting: ((chat: ChatKitHandle) => void)[] = [];
  readonly #listeners = new Set<() => void>();

  /** @param open whether it is open from the start. Default false */
  constructor(open = false) {
    this.#open = open;
  }

  get open(): boolean {
    return this.#open;
  }

  setOpen(open: boolean): void {
    if (open === this.#open) return;
    this.#open = open;
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * The chat is there.
   *
   * @returns takes it back
   */
  attach(chat: ChatKitHandle): () => void {
    this.#chat = chat;
    for (const resolve of this.#waiting.splice(0)) resolve(chat);
    return () => {
      if (this.#chat === chat) this.#chat = undefined;
    };
  }

  /** The chat, as soon as it can be used: once the panel was opened, the user is signed in and chat is up. */
  whenReady(): Promise<ChatKitHandle> {
    const chat = this.#chat;
    return chat === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(chat);
  }

  /**
   * Opens the panel and sends a message, as soon as there is a chat to send it in. Where an answer is running,
   * the message is left in the composer for the user to send.
   */
  async ask(text: string): Promise<void> {
    this.setOpen(true);
    const chat = await this.whenReady();
    try {
      await chat.sendUserMessage({ text });
    } catch {
      await chat.setComposerValue({ text });
      await chat.focusComposer();
    }
  }
}
