import type { LinkedList } from './linked-list.js';
import { ScopeTally, type Member } from './scope-tally.js';
import { TenantLines } from './tenant-lines.js';

/** How many may work, and how many may wait for it. */
export interface TurnRules {
  /** Whether nobody at all may work beside those who do, so that no member has to be asked for. Default: never. */
  isFull?(working: ScopeTally): boolean;
  /** Whether nobody of the member's tenant may work, so that no other member of it has to be asked for. Default: never. */
  isTenantFull?(working: ScopeTally, member: Member): boolean;
  /** Whether one more of that member may work beside those who do. */
  mayWork(working: ScopeTally, member: Member): boolean;
  /** @throws what a member is told who finds no place among those who wait */
  requirePlace(waiting: ScopeTally, member: Member): void;
}

/** Somebody whose turn it is not yet. */
interface Place {
  readonly member: Member;
  readonly begin: () => void;
  /** Takes it out of its line. */
  leave: () => void;
}

/**
 * Lets some work at a time, and the others wait: the tenants take turns, and of one tenant who came first goes first.
 * However many one tenant sends, those of another wait for one of each tenant at most.
 */
export class FairTurns {
  readonly #working = new ScopeTally();
  readonly #waiting = new ScopeTally();
  readonly #lines = new TenantLines<Place>();

  constructor(private readonly rules: TurnRules) {}

  /**
   * Does the work when it is its turn.
   *
   * @param signal ends the waiting
   * @throws what the rules refuse a place with, the signal's reason, or what `work` throws
   */
  async take<T>(member: Member, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const leave = this.enter(member) ?? (await this.wait(member, signal));
    try {
      signal?.throwIfAborted();
      return await work();
    } finally {
      leave();
    }
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.total;
  }

  /**
   * Begins work at once, where that is possible.
   *
   * @returns what ends it, to be called once; undefined where it has to be waited for
   */
  enter(member: Member): (() => void) | undefined {
    const { rules } = this;
    const working = this.#working;
    if (rules.isFull?.(working) === true || rules.isTenantFull?.(working, member) === true) return undefined;
    return rules.mayWork(working, member) ? this.#begun(member) : undefined;
  }

  /**
   * Begins work when it is its turn.
   *
   * @param signal ends the waiting
   * @returns what ends it, to be called once
   * @throws what the rules refuse a place with, or the signal's reason
   */
  async wait(member: Member, signal?: AbortSignal): Promise<() => void> {
    this.rules.requirePlace(this.#waiting, member);
    const { promise, resolve, reject } = Promise.withResolvers<() => void>();
    const place = this.#enterLine(member, () => resolve(this.#begun(member)));
    const giveUp = (): void => {
      place.leave();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  #begun(member: Member): () => void {
    const leave = this.#working.take(member);
    return () => {
      leave();
      this.#goOn();
    };
  }

  #goOn(): void {
    for (let place = this.#next(); place !== undefined; place = this.#next()) {
      place.leave();
      place.begin();
    }
  }

  #next(): Place | undefined {
    return this.rules.isFull?.(this.#working) === true ? undefined : this.#lines.next(this.#mayBegin);
  }

  readonly #mayBegin = (line: LinkedList<Place>): Place | undefined => {
    const { first } = line;
    const { rules } = this;
    const working = this.#working;
    if (first === undefined || rules.isTenantFull?.(working, first.member) === true) return undefined;
    return line.find(({ member }) => rules.mayWork(working, member));
  };

  #enterLine(member: Member, begin: () => void): Place {
    const place: Place = { member, begin, leave: () => undefined };
    const takeOut = this.#lines.add(member, place);
    const leave = this.#waiting.take(member);
    place.leave = () => {
      takeOut();
      leave();
    };
    return place;
  }
}
