interface Entry<T> {
  readonly thread: string;
  readonly value: T;
}

/** What is known of answers, by their ids and their threads, in the order in which they came. */
export class AnswersByThread<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #threads = new Map<string, Set<string>>();

  get size(): number {
    return this.#entries.size;
  }

  /** The oldest. */
  get first(): string | undefined {
    return this.#entries.keys().next().value;
  }

  add(thread: string, answer: string, value: T): void {
    this.#entries.set(answer, { thread, value });
    const known = this.#threads.get(thread);
    if (known === undefined) this.#threads.set(thread, new Set([answer]));
    else known.add(answer);
  }

  get(answer: string): T | undefined {
    return this.#entries.get(answer)?.value;
  }

  /** Those on a thread. */
  on(thread: string): [answer: string, value: T][] {
    return [...(this.#threads.get(thread) ?? [])].flatMap((answer) => {
      const entry = this.#entries.get(answer);
      return entry === undefined ? [] : [[answer, entry.value]];
    });
  }

  *[Symbol.iterator](): IterableIterator<readonly [answer: string, thread: string, value: T]> {
    for (const [answer, { thread, value }] of this.#entries) yield [answer, thread, value];
  }

  delete(answer: string): T | undefined {
    const entry = this.#entries.get(answer);
    if (entry === undefined) return undefined;
    this.#entries.delete(answer);
    const known = this.#threads.get(entry.thread);
    known?.delete(answer);
    if (known?.size === 0) this.#threads.delete(entry.thread);
    return entry.value;
  }
}
