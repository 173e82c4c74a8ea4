/** Calls that arrive early wait here and run in order once the element is ready. */
export class MethodQueue {
  #open = false;
  #waiting: (() => void)[] = [];

  /** Runs the call now or, before `open()`, later; the promise follows the call's own outcome. */
  run<T>(call: () => Promise<T>): Promise<T> {
    if (this.#open) return call();
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push(() => void call().then(resolve, reject));
    });
  }

  open(): void {
    this.#open = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const start of waiting) start();
  }

  /** Calls wait again until the next `open()`. */
  close(): void {
    this.#open = false;
  }
}
