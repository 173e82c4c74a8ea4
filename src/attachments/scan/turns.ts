import type { TenantScope } from '../../chatkit/core/index.js';
import { ScopeTally } from '../../chatkit/core/store/scope-tally.js';
import { EndpointError } from '../../chatkit/http/endpoint-error.js';

/** Who may wait. */
const MAX_WAITING = 64;
/** The parts of the turns, and of the line for them, that one user and one organisation may have. */
const USER_SHARE = 0.5;
const TENANT_SHARE = 0.75;
const RETRY_AFTER = { 'retry-after': '5' };

/** Somebody whose turn it is not yet. */
interface Place {
  readonly scope: TenantScope;
  begin(): void;
}

/** Lets so many work at a time, and the others wait: who came first goes first, and none takes all turns. */
export class Turns {
  readonly #working = new ScopeTally();
  readonly #waiting = new ScopeTally();
  readonly #line = new Set<Place>();

  constructor(private readonly atOnce: number) {}

  /**
   * Does the work when it is its turn.
   *
   * @param signal ends the waiting
   * @throws EndpointError too_many_uploads or server_busy where too many wait, else the signal's reason or what `work` throws
   */
  async take<T>(scope: TenantScope, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const leave = hasRoom(this.#working, scope, this.atOnce)
      ? this.#working.take(scope)
      : await this.#turn(scope, signal);
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      leave();
      this.#goOn();
    }
  }

  async #turn(scope: TenantScope, signal: AbortSignal): Promise<() => void> {
    this.#requirePlace(scope);
    const leaveLine = this.#waiting.take(scope);
    try {
      return await new Promise<() => void>((resolve, reject) => {
        const place: Place = { scope, begin: () => resolve(this.#working.take(scope)) };
        const giveUp = (): void => {
          this.#line.delete(place);
          reject(signal.reason as Error);
        };
        this.#line.add(place);
        signal.addEventListener('abort', giveUp, { once: true });
      });
    } finally {
      leaveLine();
    }
  }

  #goOn(): void {
    for (const place of this.#line) {
      if (!hasRoom(this.#working, place.scope, this.atOnce)) continue;
      this.#line.delete(place);
      place.begin();
    }
  }

  #requirePlace(scope: TenantScope): void {
    if (this.#waiting.total >= MAX_WAITING) {
      throw new EndpointError('server_busy', 'Too many files wait to be checked', RETRY_AFTER);
    }
    if (!hasRoom(this.#waiting, scope, MAX_WAITING)) {
      const message = 'Too many of your files, or of your organisation’s, wait to be checked';
      throw new EndpointError('too_many_uploads', message, RETRY_AFTER);
    }
  }
}

/** Whether one more finds room among `all`, in all and in the shares of its user and organisation. */
function hasRoom(tally: ScopeTally, scope: TenantScope, all: number): boolean {
  return (
    tally.total < all &&
    tally.ofUser(scope) < Math.ceil(all * USER_SHARE) &&
    tally.ofTenant(scope) < Math.ceil(all * TENANT_SHARE)
  );
}
