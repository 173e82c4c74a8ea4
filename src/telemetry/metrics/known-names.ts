/** Names of one kind that a metric tells apart; what comes later is `other`. */
const MOST = 100;
const OTHER = 'other';

/** Bounds the values of an attribute, whoever makes up the names. */
export class KnownNames {
  readonly #known = new Set<string>();

  /** The name, or `other` when there are too many. */
  of(name: string): string {
    if (this.#known.has(name)) return name;
    if (this.#known.size >= MOST) return OTHER;
    this.#known.add(name);
    return name;
  }
}
