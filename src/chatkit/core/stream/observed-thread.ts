import type { ThreadMetadata } from '../wire/threads.js';
import { ThreadChange } from './thread-change.js';

/**
 * A thread whose changes, at any depth, are noticed when they are made, so that a stream need not
 * compare it on every event.
 */
export class ObservedThread {
  /** What respond() works on. */
  readonly thread: ThreadMetadata;
  readonly #target: ThreadMetadata;
  readonly #proxies = new WeakMap<object, object>();
  #touched = false;
  #saved: string;

  constructor(thread: ThreadMetadata) {
    this.#target = structuredClone(thread);
    this.#saved = JSON.stringify(this.#target);
    this.thread = this.#observe(this.#target);
  }

  /** What has changed since it was last taken, if anything has. */
  takeChange(): ThreadChange | undefined {
    if (!this.#touched) return undefined;
    this.#touched = false;
    const now = JSON.stringify(this.#target);
    if (now === this.#saved) return undefined;
    const before = JSON.parse(this.#saved) as ThreadMetadata;
    this.#saved = now;
    return new ThreadChange(before, JSON.parse(now) as ThreadMetadata);
  }

  /** Takes over a title that was stored and announced elsewhere, so that a later change does not undo it. */
  adoptTitle(title: string | undefined): void {
    if (title === undefined || this.#target.title !== undefined) return;
    const saved = JSON.parse(this.#saved) as ThreadMetadata;
    this.#target.title = title;
    this.#saved = JSON.stringify({ ...saved, title });
  }

  #observe<T extends object>(value: T): T {
    const known = this.#proxies.get(value);
    if (known !== undefined) return known as T;
    const proxy = new Proxy(value, {
      get: (target, key, receiver) => {
        const inner: unknown = Reflect.get(target, key, receiver);
        return typeof inner === 'object' && inner !== null ? this.#observe(inner) : inner;
      },
      set: (target, key, inner, receiver) => {
        this.#touched = true;
        return Reflect.set(target, key, this.#unwrap(inner), receiver);
      },
      defineProperty: (target, key, descriptor) => {
        this.#touched = true;
        return Reflect.defineProperty(target, key, descriptor);
      },
      deleteProperty: (target, key) => {
        this.#touched = true;
        return Reflect.deleteProperty(target, key);
      },
    });
    this.#proxies.set(value, proxy);
    return proxy;
  }

  /** Nothing observed is stored inside what is observed: copies of it must stay plain. */
  #unwrap(value: unknown): unknown {
    return typeof value === 'object' && value !== null
      ? (JSON.parse(JSON.stringify(value)) as unknown)
      : value;
  }
}
