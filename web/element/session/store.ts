/** A value that tells its subscribers when it is replaced. */
export class Store<T> {
  #value: T;
  readonly #subscribers = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const notify of this.#subscribers) notify();
  }

  update(change: (value: T) => T): void {
    this.set(change(this.#value));
  }

  subscribe(notify: () => void): () => void {
    this.#subscribers.add(notify);
    return () => this.#subscribers.delete(notify);
  }
}
