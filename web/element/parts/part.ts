/** Where the browser says from which address a module could not be had. */
const ADDRESS = /https?:\S{1,2000}\.js/;

/** Something that comes when it is needed. Where it could not be had, the next use asks for it again. */
export class Part<T> {
  #value: T | undefined;
  #asked: Promise<T | undefined> | undefined;
  #failures = 0;

  constructor(private readonly load: () => Promise<T>) {}

  /** What was loaded; undefined until then. */
  get value(): T | undefined {
    return this.#value;
  }

  /** Loads it, unless that has happened. Undefined where it cannot be had. */
  get(): Promise<T | undefined> {
    this.#asked ??= this.#ask();
    return this.#asked;
  }

  async #ask(): Promise<T | undefined> {
    try {
      this.#value = await this.load().catch((thrown: unknown) => this.#askAnew(thrown));
    } catch {
      this.#failures += 1;
      this.#asked = undefined;
    }
    return this.#value;
  }

  /** Many browsers remember the failure of an address; then another one is needed. */
  async #askAnew(thrown: unknown): Promise<T> {
    const [address] = ADDRESS.exec(String(thrown)) ?? [];
    if (address === undefined || this.#failures === 0) throw thrown;
    return (await import(/* @vite-ignore */ `${address}?again=${this.#failures}`)) as T;
  }
}
