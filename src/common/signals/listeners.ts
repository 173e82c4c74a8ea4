import { SIGNAL_BYTES, type SignalListener } from './signals.port.js';

/** Who listens to which topic. */
export class Listeners {
  readonly #topics = new Map<string, Set<SignalListener>>();

  get topics(): string[] {
    return [...this.#topics.keys()];
  }

  /** @returns whether nobody has listened to the topic before */
  add(topic: string, listener: SignalListener): boolean {
    const known = this.#topics.get(topic);
    if (known === undefined) this.#topics.set(topic, new Set([listener]));
    else known.add(listener);
    return known === undefined;
  }

  /** @returns whether nobody listens to the topic any more */
  remove(topic: string, listener: SignalListener): boolean {
    const known = this.#topics.get(topic);
    if (known === undefined || !known.delete(listener) || known.size > 0) return false;
    return this.#topics.delete(topic);
  }

  tell(topic: string, message: string): void {
    for (const listener of this.#topics.get(topic) ?? []) listener(message);
  }
}

/** @throws RangeError */
export function checkSignal(message: string): void {
  if (Buffer.byteLength(message) > SIGNAL_BYTES) {
    throw new RangeError(`a signal has at most ${SIGNAL_BYTES} bytes`);
  }
}
