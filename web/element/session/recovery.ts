import { isLocal } from './apply.js';
import { isAbort } from './failure.js';
import type { ChatKitFailure } from './failure.js';
import type { ChatState, Problem } from './state.js';
import type { Turn, TurnHost } from './turns.js';
import type { Item } from './wire.js';

/** Milliseconds before each attempt to read a thread again after its stream was lost. */
const DELAYS = [400, 1_500, 4_000];

export interface RecoveryOutcome {
  /** Undefined when the answer had come and is stored: nothing is missing. */
  readonly problem: Problem | undefined;
  /** The server never took the message: it may be sent again as it was. */
  readonly nothingStored: boolean;
  /** The answer runs on without its connection. */
  readonly goesOn: boolean;
}

/**
 * Finds out what became of a turn whose stream failed. A message that may have been stored must not be sent twice; so the
 * thread is read again and the server's word taken.
 */
export class Recovery {
  constructor(private readonly host: TurnHost) {}

  /** Undefined when the element was taken away meanwhile. */
  async attempt(turn: Turn, failure: ChatKitFailure): Promise<RecoveryOutcome | undefined> {
    const wasSettled = isAnswered(this.host.state.value, turn);
    const nothingStored = turn.events === 0 || failure.code === 'empty';
    const plain = { problem: problemOf(failure), nothingStored, goesOn: false };
    if (failure.code !== 'network' || this.host.state.value.threadId === null) return plain;
    this.host.state.update((state) => ({ ...state, turn: 'recovering', canStop: false }));
    try {
      const isAnswering = await this.#reread(turn);
      if (isAnswering === undefined) return plain;
      // of a server that ends what its reader has left, the answer is about to end
      if (isAnswering && this.host.transport.answersKeptFor > 0)
        return { problem: undefined, nothingStored: false, goesOn: true };
    } catch (thrown) {
      if (isAbort(thrown)) return undefined;
      return plain;
    }
    // what is kept for longer than nothing was heard of it has come to its end
    const settled = wasSettled || Date.now() - turn.heardAt < this.host.transport.answersKeptFor;
    return this.#judge(turn, plain, settled);
  }

  /** @returns whether an answer of the thread runs; undefined where it could not be read */
  async #reread(turn: Turn): Promise<boolean | undefined> {
    for (const delay of DELAYS) {
      await this.host.wait(delay, turn.controller.signal);
      if (!turn.shown) return undefined;
      try {
        return await this.host.refresh(turn.controller.signal, true);
      } catch (thrown) {
        if (isAbort(thrown)) throw thrown;
      }
    }
    return undefined;
  }

  #judge(turn: Turn, plain: RecoveryOutcome, settled: boolean): RecoveryOutcome {
    const { stored, answered } = traces(this.host.state.value, turn);
    if (!stored && turn.request.optimistic) return { ...plain, nothingStored: true };
    if (answered && settled) return { problem: undefined, nothingStored: false, goesOn: false };
    const code = answered ? 'incomplete' : 'interrupted';
    return { problem: { code, canRetry: true }, nothingStored: false, goesOn: false };
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

const STEPS = new Set<Item['type']>(['workflow', 'task', 'client_tool_call', 'user_message']);

/** True when the last thing that came was the end of an answer, and not of a step on the way to one. */
function isAnswered({ items, live }: ChatState, turn: Turn): boolean {
  const last = items.at(-1);
  return last !== undefined && live.size === 0 && !turn.before.has(last.id) && !STEPS.has(last.type);
}

function problemOf(failure: ChatKitFailure): Problem {
  return { code: failure.code, canRetry: failure.canRetry };
}
