import { AsyncLocalStorage } from 'node:async_hooks';

const scope = new AsyncLocalStorage<string>();

/** Runs `work` so that every log line it causes, however deep, carries the correlation id. */
export function withCorrelation<T>(correlationId: string, work: () => T): T {
  return scope.run(correlationId, work);
}

/** The id of the request being worked on, if there is one. */
export function currentCorrelation(): string | undefined {
  return scope.getStore();
}
