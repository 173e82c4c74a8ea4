import { batch, signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';
import type { Store } from '../session/store.js';

/** Milliseconds between updates of a page that is not visible and gets no animation frames. */
const HIDDEN_INTERVAL = 100;

/**
 * Follows stores with signals, at most once per animation frame: however fast a stream comes, the view
 * renders once per frame.
 */
export class Bridge {
  readonly #pending = new Set<() => void>();
  readonly #cleanups: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;

  follow<T>(store: Store<T>): ReadonlySignal<T> {
    const follower = signal(store.value);
    const copy = (): void => {
      follower.value = store.value;
    };
    const unsubscribe = store.subscribe(() => {
      this.#pending.add(copy);
      this.#schedule();
    });
    this.#cleanups.push(unsubscribe);
    return follower;
  }

  /** Brings every signal up to date now. */
  flush(): void {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#timer = undefined;
    const pending = [...this.#pending];
    this.#pending.clear();
    batch(() => {
      for (const copy of pending) copy();
    });
  }

  dispose(): void {
    for (const cleanup of this.#cleanups) cleanup();
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
  }

  #schedule(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.flush(), HIDDEN_INTERVAL);
    if (document.visibilityState === 'visible') this.#frame = requestAnimationFrame(() => this.flush());
  }
}
