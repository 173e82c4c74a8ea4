import type { Clock } from '../../common/clock.js';

const SECOND_MS = 1000;

/** Lines of one kind that are written in a second; of more only the number is kept. */
const LINES = 20;

/** Bounds how many lines of a kind are written, and counts those that were not. Kinds are few and known beforehand. */
export class LineBudget {
  readonly #kinds = new Map<string, { second: number; written: number; unwritten: number }>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  /** Whether one more may be written: then with how many were not since the last; undefined when it may not. */
  take(kind: string): { readonly unlogged: number | undefined } | undefined {
    const second = Math.floor(this.clock.now() / SECOND_MS);
    let known = this.#kinds.get(kind);
    if (known === undefined) {
      known = { second, written: 0, unwritten: 0 };
      this.#kinds.set(kind, known);
    }
    if (known.second !== second) Object.assign(known, { second, written: 0 });
    if (known.written >= LINES) {
      known.unwritten += 1;
      return undefined;
    }
    known.written += 1;
    const unlogged = known.unwritten === 0 ? undefined : known.unwritten;
    known.unwritten = 0;
    return { unlogged };
  }
}
