import type { Clock } from '../../common/clock.js';
import { ChatKitLogger } from '../../common/logging/chatkit-logger.js';

const PAUSE_MS = 60_000;

/** Logs tokens that are refused: the first for each reason, then no more than one a minute, with how many there were. */
export class RefusedTokens {
  readonly #logger = new ChatKitLogger('Auth');
  readonly #kinds = new Map<string, { readonly loggedAt: number; unlogged: number }>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  /** @param reason one of a fixed number of texts, without anything of the token */
  note(reason: string, correlationId: string): void {
    const now = this.clock.now();
    const known = this.#kinds.get(reason);
    if (known !== undefined && now - known.loggedAt < PAUSE_MS) {
      known.unlogged += 1;
      return;
    }
    this.#kinds.set(reason, { loggedAt: now, unlogged: 0 });
    const since = known === undefined || known.unlogged === 0 ? undefined : known.unlogged;
    this.#logger.warn('a request was refused for its token', { reason, correlationId, unlogged: since });
  }
}
