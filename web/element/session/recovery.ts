import { isLocal } from './apply.js';
import { isAbort } from './failure.js';
import type { ChatKitFailure } from './failure.js';
import type { ChatState, Problem } from './state.js';
import type { Turn, TurnHost } from './turns.js';

/** Milliseconds before each attempt to read a thread again after its stream was lost. */
const DELAYS = [400, 1_500, 4_000];

export interface RecoveryOutcome {
  readonly problem: Problem;
  /** The server never took the message: it may be sent again as it was. */
  readonly nothingStored: boolean;
}

/**
 * Finds out what became of a turn whose stream failed. The protocol cannot resume a stream, and a message
 * that may have been stored must not be sent twice; so the thread is read again and the server's word taken.
 */
export class Recovery {
  constructor(private readonly host: TurnHost) {}

  /** Undefined when the element was taken away meanwhile. */
  async attempt(turn: Turn, failure: ChatKitFailure): Promise<RecoveryOutcome | undefined> {
    const nothingStored = turn.events === 0 || failure.code === 'empty';
    const plain = { problem: problemOf(failure), nothingStored };
    if (failure.code !== 'network' || this.host.state.value.threadId === null) return plain;
    this.host.state.update((state) => ({ ...state, turn: 'recovering', canStop: false }));
    try {
      if (!(await this.#reread(turn))) return plain;
    } catch (thrown) {
      if (isAbort(thrown)) return undefined;
      return plain;
    }
    return this.#judge(turn, plain);
  }

  async #reread(turn: Turn): Promise<boolean> {
    for (const delay of DELAYS) {
      await this.host.wait(delay, turn.controller.signal);
      if (!turn.shown) return false;
      try {
        await this.host.refresh(turn.controller.signal, true);
        return true;
      } catch (thrown) {
        if (isAbort(thrown)) throw thrown;
      }
    }
    return false;
  }

  #judge(turn: Turn, plain: RecoveryOutcome): RecoveryOutcome {
    const { stored, answered } = traces(this.host.state.value, turn);
    if (!stored && turn.request.optimistic) return { ...plain, nothingStored: true };
    const code = answered ? 'incomplete' : 'interrupted';
    return { problem: { code, canRetry: true }, nothingStored: false };
  }
}

/** What the re-read thread shows of this turn: its user message, and anything that answers it. */
function traces(state: ChatState, turn: Turn): { stored: boolean; answered: boolean } {
  const fresh = state.items.filter((item) => !turn.before.has(item.id) && !isLocal(item));
  return {
    stored: fresh.some((item) => item.type === 'user_message'),
    answered: fresh.some((item) => item.type !== 'user_message'),
  };
}

function problemOf(failure: ChatKitFailure): Problem {
  return { code: failure.code, canRetry: failure.canRetry };
}
