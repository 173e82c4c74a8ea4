import { systemClock, type Clock } from './clock.js';

interface Entry<V> {
  readonly value: V;
  readonly until: number;
}

/** A map of at most so many entries, each until its time is over; the one unused for longest gives way. */
export class BoundedMap<K, V> {
  readonly #entries = new Map<K, Entry<V>>();

  constructor(
    private readonly max: number,
    private readonly clock: Pick<Clock, 'now'> = systemClock,
  ) {}

  /** Counts as a use. */
  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    if (entry.until <= this.clock.now()) return undefined;
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** @param until milliseconds since the epoch from which on it is no longer there */
  set(key: K, value: V, until = Number.POSITIVE_INFINITY): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until });
    const [unused] = this.#entries.keys();
    if (this.#entries.size > this.max && unused !== undefined) this.#entries.delete(unused);
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  /** The one unused for longest first; counts as no use. */
  *values(): IterableIterator<V> {
    const now = this.clock.now();
    for (const { value, until } of this.#entries.values()) if (until > now) yield value;
  }
}
