import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../common/clock.js';
import { LastAsked } from '../../common/last-asked.js';
import { LinkedList } from '../../common/linked-list.js';
import { ScopeTally, type Member } from '../../common/scope-tally.js';
import { TenantLines } from '../../common/tenant-lines.js';
import { onConnectionClose } from './connection.js';
import { ClientGoneError } from './endpoint-error.js';

/** Requests that begin in one turn of the event loop. */
const AT_ONCE = 4;
/** Requests of one tenant that have begun lately and are not answered, while another tenant asks as well. */
const BESIDE_OTHERS = 2;
/** Milliseconds after which one that is not answered counts no more: what is slow waits for a model, or for its body. */
const LATELY_MS = 5;

/** A request that has begun, and counts as one of its tenant's. */
interface Begun {
  readonly at: number;
  readonly end: () => void;
}

/** A request whose turn it is not yet. */
interface Waiting {
  readonly sender: Member;
  readonly begin: () => void;
}

/**
 * Spreads a burst of requests over turns of the event loop, in which what is under way goes on, and has the tenants begin one
 * after the other. While several ask, each has a few under way at once: what begins later has made little by then that the
 * collection of garbage has to copy, for which all stand still, and there is less before the next request of another. Slow
 * requests keep nobody from beginning for long.
 */
export class FairStarts {
  readonly #lines = new TenantLines<Waiting>();
  readonly #asked: LastAsked;
  readonly #working = new ScopeTally();
  /** Those that count, in the order in which they began. */
  readonly #lately = new LinkedList<Begun>();
  /** How many have begun in this turn of the event loop. */
  #begun = 0;
  #isScheduled = false;
  #comesBack = false;

  constructor(private readonly clock: Pick<Clock, 'now' | 'sleep'>) {
    this.#asked = new LastAsked(clock);
  }

  /**
   * @returns undefined where the request may begin at once
   * @throws ClientGoneError when its client leaves before its turn
   */
  turn(sender: Member, request: IncomingMessage, response: ServerResponse): Promise<void> | undefined {
    this.#asked.note(sender.tenantId);
    this.#schedule();
    if (this.#begun < AT_ONCE && this.#lines.isEmpty && !this.#isFull(sender)) {
      this.#count(sender, response);
      return undefined;
    }
    return this.#wait(sender, request, response);
  }

  #wait(sender: Member, { socket }: IncomingMessage, response: ServerResponse): Promise<void> {
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        leave();
        stay();
        this.#count(sender, response);
        resolve();
      };
      const leave = this.#lines.add(sender, { sender, begin });
      const stay = onConnectionClose(socket, () => {
        leave();
        reject(new ClientGoneError('The client left before its turn'));
      });
    });
  }

  #isFull(sender: Member): boolean {
    return this.#working.ofTenant(sender) >= BESIDE_OTHERS && !this.#asked.isAlone(sender.tenantId);
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(this.#goOn);
  }

  readonly #goOn = (): void => {
    this.#isScheduled = false;
    this.#begun = 0;
    this.#forget();
    while (this.#begun < AT_ONCE && this.#beginNext());
    if (this.#begun > 0) this.#schedule();
    else if (!this.#lines.isEmpty) void this.#comeBack();
  };

  /** @returns whether there was one that may begin */
  #beginNext(): boolean {
    const next = this.#lines.next(this.#mayBegin);
    next?.begin();
    return next !== undefined;
  }

  readonly #mayBegin = ({ first }: LinkedList<Waiting>): Waiting | undefined =>
    first === undefined || this.#isFull(first.sender) ? undefined : first;

  #count(sender: Member, response: ServerResponse): void {
    this.#begun += 1;
    const leave = this.#working.take(sender);
    const end = (): void => {
      forget();
      leave();
      if (!this.#lines.isEmpty) this.#schedule();
    };
    const forget = this.#lately.add({ at: this.clock.now(), end });
    response.once('close', end);
  }

  /** Has those count no more that began a while ago. */
  #forget(): void {
    const since = this.clock.now() - LATELY_MS;
    for (let { first } = this.#lately; first !== undefined && first.at <= since; { first } = this.#lately) {
      first.end();
    }
  }

  /** Once the eldest of those that count does so no more, if none of them is answered before. */
  async #comeBack(): Promise<void> {
    if (this.#comesBack) return;
    this.#comesBack = true;
    await this.clock.sleep(LATELY_MS);
    this.#comesBack = false;
    this.#schedule();
  }
}
