import type { ServerResponse } from 'node:http';

/** Sends a whole JSON text. Written directly: no entity tag is computed, nothing is serialised again. */
export function sendJson(response: ServerResponse, json: string, stallTimeoutMs: number): void {
  if (response.destroyed) return;
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(json),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(json);
  releaseStalled(response, stallTimeoutMs);
}

/** Gives a client that has its whole answer, but does not read it, a limited time before it is cut off. */
export function releaseStalled(response: ServerResponse, stallTimeoutMs: number): void {
  if (response.destroyed || response.socket === null || response.socket.writableLength === 0) return;
  const timer = setTimeout(() => response.destroy(), stallTimeoutMs);
  timer.unref();
  const clear = (): void => clearTimeout(timer);
  response.once('finish', clear).once('close', clear);
}

/** A client that leaves makes writing fail. That is noticed by its connection, and is no reason to crash. */
export function tolerateWriteErrors(response: ServerResponse): void {
  if (response.listenerCount('error') === 0) response.on('error', () => undefined);
}

/** Resolves once the operating system has the whole answer, or nobody is there to get it. */
export function flushed(response: ServerResponse, onGone: (listener: () => void) => void): Promise<void> {
  if (response.writableFinished || response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    response.once('finish', resolve).once('close', resolve);
    onGone(resolve);
  });
}
