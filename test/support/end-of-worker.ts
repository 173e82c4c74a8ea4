/** What `jest/worker-end.cjs` does before a worker ends. */
const ENDINGS = Symbol.for('endings of the worker');

/** Has something done when the worker has no more tests. */
export function atEndOfWorker(ending: () => Promise<void>): void {
  const endings = (Reflect.get(globalThis, ENDINGS) as (() => Promise<void>)[] | undefined) ?? [];
  Reflect.set(globalThis, ENDINGS, [...endings, ending]);
}
