import { PATIENCE_MS } from '../expect.js';

export interface RecordedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether it can be ended. */
  readonly signal: boolean;
  readonly body: { readonly type: string; readonly params: Readonly<Record<string, unknown>> } | undefined;
}

type TestFunction = (...args: unknown[]) => unknown;

/** Everything that a page tells its test, and the test's functions that it may call. */
export class Recorder {
  readonly requests: RecordedRequest[] = [];
  readonly events: [name: string, detail: unknown][] = [];
  readonly calls: [path: string, args: readonly unknown[]][] = [];
  readonly #functions = new Map<string, TestFunction>();
  readonly #waiting = new Set<() => void>();

  note(kind: 'event' | 'request', value: unknown): void {
    if (kind === 'event') this.events.push(value as [string, unknown]);
    else this.requests.push(value as RecordedRequest);
    this.#wake();
  }

  call(id: string, args: readonly unknown[]): unknown {
    this.calls.push([id.replace(/#\d+$/, ''), args]);
    this.#wake();
    return this.#functions.get(id)?.(...args);
  }

  /** Resolves when the condition holds after something was noted; throws after `PATIENCE_MS`, and says what was. */
  until(holds: () => boolean): Promise<void> {
    const missing = new Error(`still not: ${holds.toString()}`);
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => {
        this.#waiting.delete(check);
        missing.message += `\nuntil then: ${this.#told()}`;
        reject(missing);
      }, PATIENCE_MS);
      const check = (): void => {
        if (!holds()) return;
        clearTimeout(limit);
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
  }

  /** The value as it can go to the page: each function becomes its path and stays here; undefined is named. */
  sendable(value: unknown, path = ''): unknown {
    if (value === undefined) return { undefinedInTest: true };
    if (typeof value === 'function') {
      // A later function of the same option is another one, as it is for the element.
      const id = `${path}#${this.#functions.size}`;
      this.#functions.set(id, value as TestFunction);
      return { functionOfTest: id };
    }
    if (Array.isArray(value)) return value.map((entry, at) => this.sendable(entry, `${path}[${at}]`));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, member]) => [
      key,
      this.sendable(member, path === '' ? key : `${path}.${key}`),
    ]);
    return Object.fromEntries(entries);
  }

  #told(): string {
    const requests = this.requests.map(({ url, body }) => body?.type ?? url);
    const events = this.events.map(([name, detail]) => `${name} ${JSON.stringify(detail)}`);
    return `requests ${requests.join(', ')}; events ${events.join(', ')}`;
  }

  #wake(): void {
    for (const check of this.#waiting) check();
  }
}
