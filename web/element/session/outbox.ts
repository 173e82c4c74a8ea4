import type { Draft } from './composer.js';
import { draftSent } from './composer-parts.js';
import type { ComposerParts } from './composer-parts.js';
import { ChatKitFailure } from './failure.js';
import { draftOf, inputOf, isBlank, optimisticItem } from './message.js';
import type { OutgoingMessage } from './message.js';
import { partsOf, trimRich } from './rich-text.js';
import { isBusy, isShut } from './state.js';
import type { ChatState } from './state.js';
import type { Store } from './store.js';
import type { Turns } from './turns.js';

export interface OutboxHost extends ComposerParts {
  readonly state: Store<ChatState>;
  readonly turns: Turns;
  /** False when the options name no server. */
  readonly usable: () => boolean;
}

/** The way of a message from the composer or the page to the server. */
export class Outbox {
  #serial = 0;

  constructor(private readonly host: OutboxHost) {}

  /**
   * Sends a message and resolves once the server has taken it.
   *
   * @throws ChatKitFailure while a response runs, on a locked or closed thread, and for an empty message
   */
  async send(message: OutgoingMessage): Promise<void> {
    this.#assertSendable(message);
    await this.#start(message);
  }

  /** Sends what is in the composer, or does nothing when it cannot be sent now. */
  async submit(): Promise<void> {
    const { composer, choices, uploads } = this.host;
    if (!uploads.settled) return;
    const { reply, ...rich } = composer.state.value;
    const { attachments } = uploads;
    const files = uploads.state.value.uploads;
    const message = { content: partsOf(trimRich(rich)), reply, attachments, ...choices.chosen };
    if (this.#refusal(message) !== undefined) return;
    draftSent(this.host);
    await this.#start(message, { ...draftOf(message), uploads: files }).catch(() => undefined);
  }

  /**
   * Sends a prompt of the start screen with the tool and model that are picked.
   *
   * @throws ChatKitFailure as `send` does
   */
  async sendPrompt(prompt: OutgoingMessage): Promise<void> {
    const message = { ...prompt, ...this.host.choices.chosen };
    this.#assertSendable(message);
    this.host.choices.sent();
    await this.#start(message);
  }

  #assertSendable(message: OutgoingMessage): void {
    const refusal = this.#refusal(message);
    if (refusal !== undefined) throw new ChatKitFailure('rejected', refusal);
  }

  #refusal(message: OutgoingMessage): string | undefined {
    const state = this.host.state.value;
    if (isBusy(state)) return 'A response is still running';
    if (isShut(state)) return 'This thread takes no messages';
    if (isBlank(message)) return 'The message is empty';
    return this.host.usable() ? undefined : 'api.url is not set';
  }

  async #start(message: OutgoingMessage, draft?: Draft): Promise<void> {
    const { threadId } = this.host.state.value;
    this.#serial += 1;
    const input = inputOf(message);
    const request =
      threadId === null
        ? { type: 'threads.create' as const, params: { input } }
        : { type: 'threads.add_user_message' as const, params: { input, thread_id: threadId } };
    const optimistic = optimisticItem(message, threadId ?? '', this.#serial);
    const { accepted, finished } = this.host.turns.start({ ...request, optimistic, ...(draft && { draft }) });
    finished.catch(() => undefined);
    await accepted;
  }
}
