interface Link<T> {
  value: T | undefined;
  before: Link<T> | undefined;
  after: Link<T> | undefined;
}

/**
 * What comes and goes with requests, in the order in which it came. A `Set`, `Map` or array that stays leaves its former tables
 * behind as it changes, and what was in them is taken for used until the old generation is collected: every request that such a
 * table has held is copied twice after its end, in pauses of the whole process. Nothing points from here to what has gone.
 */
export class LinkedList<T extends object> implements Iterable<T> {
  #first: Link<T> | undefined;
  #last: Link<T> | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get first(): T | undefined {
    return this.#first?.value;
  }

  /** @returns what takes it out again */
  add(value: T): () => void {
    const link: Link<T> = { value, before: this.#last, after: undefined };
    if (this.#last === undefined) this.#first = link;
    else this.#last.after = link;
    this.#last = link;
    this.#size += 1;
    return () => this.#remove(link);
  }

  /** Takes out the first. */
  shift(): T | undefined {
    const first = this.#first;
    const value = first?.value;
    if (first !== undefined) this.#remove(first);
    return value;
  }

  /** Those that are there now. */
  *[Symbol.iterator](): IterableIterator<T> {
    const values: T[] = [];
    for (let link = this.#first; link !== undefined; link = link.after) {
      if (link.value !== undefined) values.push(link.value);
    }
    yield* values;
  }

  /** The first that is wanted; looking for it takes nothing out. */
  find(isWanted: (value: T) => boolean): T | undefined {
    let link = this.#first;
    while (link?.value !== undefined && !isWanted(link.value)) link = link.after;
    return link?.value;
  }

  #remove(link: Link<T>): void {
    if (link.value === undefined) return;
    if (link.before === undefined) this.#first = link.after;
    else link.before.after = link.after;
    if (link.after === undefined) this.#last = link.before;
    else link.after.before = link.before;
    link.value = link.before = link.after = undefined;
    this.#size -= 1;
  }
}
