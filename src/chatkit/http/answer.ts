import type { ServerResponse } from 'node:http';
import { PacedWriter, PIECE, releaseStalled } from './paced-writer.js';

/**
 * Sends a whole JSON text. Written directly: no entity tag is computed, nothing is serialised again.
 *
 * @param keep hears of the bytes of a large one, which stay in memory until the client has read them
 * @throws what `keep` throws; nothing has been sent then
 */
export function sendJson(
  response: ServerResponse,
  json: string,
  stallTimeoutMs: number,
  keep: (bytes: number) => void,
): void {
  if (response.destroyed) return;
  const length = Buffer.byteLength(json);
  if (length > PIECE) keep(length);
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  if (length > PIECE) {
    const writer = new PacedWriter(response, stallTimeoutMs);
    writer.write(json);
    writer.end();
    return;
  }
  response.end(json);
  releaseStalled(response, stallTimeoutMs);
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
