import { AsyncLocalStorage } from 'node:async_hooks';

/** What the log lines of one request say besides their facts. */
export interface LogScope {
  readonly correlationId: string;
  readonly tenantId: string;
  readonly threadId?: string;
}

const scopes = new AsyncLocalStorage<{ now: LogScope }>();

/** Runs `work` so that every log line it causes, however deep, says whose request it is for. */
export function withLogScope<T>({ correlationId, tenantId }: LogScope, work: () => T): T {
  return scopes.run({ now: { correlationId, tenantId } }, work);
}

/** From now on the lines of the request being worked on name the thread, too. */
export function logThread(threadId: string): void {
  const scope = scopes.getStore();
  if (scope !== undefined) scope.now = { ...scope.now, threadId };
}

/** Of the request being worked on, if there is one. */
export function currentLogScope(): LogScope | undefined {
  return scopes.getStore()?.now;
}
