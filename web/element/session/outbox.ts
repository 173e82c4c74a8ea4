import type { Composer } from './composer.js';
import { ChatKitFailure } from './failure.js';
import { draftOf, inputOf, isBlank, optimisticItem } from './message.js';
import type { OutgoingMessage } from './message.js';
import { isBusy, isShut } from './state.js';
import type { ChatState } from './state.js';
import type { Store } from './store.js';
import type { Turns } from './turns.js';

export interface OutboxHost {
  readonly state: Store<ChatState>;
  readonly composer: Composer;
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
    const refusal = this.#refusal(message);
    if (refusal !== undefined) throw new ChatKitFailure('rejected', refusal);
    await this.#start(message);
  }

  /** Sends what is in the composer, or does nothing when it cannot be sent now. */
  async submit(): Promise<void> {
    const { text, reply } = this.host.composer.state.value;
    const message = { text: text.trim(), reply };
    if (this.#refusal(message) !== undefined) return;
    this.host.composer.clear();
    await this.#start(message).catch(() => undefined);
  }

  #refusal(message: OutgoingMessage): string | undefined {
    const state = this.host.state.value;
    if (isBusy(state)) return 'A response is still running';
    if (isShut(state)) return 'This thread takes no messages';
    if (isBlank(message)) return 'The message is empty';
    return this.host.usable() ? undefined : 'api.url is not set';
  }

  async #start(message: OutgoingMessage): Promise<void> {
    const { threadId } = this.host.state.value;
    this.#serial += 1;
    const input = inputOf(message);
    const request =
      threadId === null
        ? { type: 'threads.create', params: { input } }
        : { type: 'threads.add_user_message', params: { input, thread_id: threadId } };
    const optimistic = optimisticItem(message, threadId ?? '', this.#serial);
    const { accepted, finished } = this.host.turns.start({ ...request, optimistic, draft: draftOf(message) });
    finished.catch(() => undefined);
    await accepted;
  }
}
