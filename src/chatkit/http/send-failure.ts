import type { IncomingMessage, ServerResponse } from 'node:http';
import { tolerateWriteErrors } from './answer.js';
import type { Failure } from './failure.js';

/** An unread rest of a body up to this size is read and dropped, so that the connection can be kept. */
const CHEAP_REST = 64 * 1024;
/** How much, in bytes and milliseconds, is read from a client that goes on sending after its refusal. */
const LINGER_BYTES = 8 * 1024 * 1024;
const LINGER_MS = 15_000;
/** Milliseconds after which a client that has stopped sending is no longer waited for. */
const LINGER_IDLE_MS = 1000;

/** Answers with the body every error has: `{"error":{"code","message","field"?,"correlation_id"}}`. */
export function sendFailure(
  request: IncomingMessage,
  response: ServerResponse,
  failure: Failure,
  correlationId: string,
): void {
  tolerateWriteErrors(response);
  const { code, message, field } = failure;
  const body = JSON.stringify({ error: { code, message, field, correlation_id: correlationId } });
  const lingers = !request.complete && !(response.shouldKeepAlive && isCheap(request));
  response.writeHead(failure.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...failure.headers,
    ...(lingers ? { connection: 'close' } : {}),
  });
  if (lingers) endLingering(request, response, body);
  else response.end(body);
}

function isCheap(request: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
  return coding === undefined && Number(length ?? 0) <= CHEAP_REST;
}

/**
 * Closing while the client still sends would reset the connection, and throw the answer away before it is read. So
 * the answer goes out complete, what comes in is dropped for a while, and only then the connection is closed.
 */
function endLingering(request: IncomingMessage, response: ServerResponse, body: string): void {
  response.write(body);
  let dropped = 0;
  const end = (): void => {
    clearTimeout(whole);
    clearTimeout(idle);
    request.off('data', drop).off('end', end).off('close', end);
    response.end();
  };
  const drop = (chunk: Uint8Array): void => {
    dropped += chunk.length;
    if (dropped > LINGER_BYTES) end();
    else idle.refresh();
  };
  // where this process was busy itself, what came meanwhile is looked at first
  const endIfIdle = (): void => {
    const before = dropped;
    setImmediate(() => {
      if (dropped === before) end();
    });
  };
  const whole = setTimeout(end, LINGER_MS).unref();
  const idle = setTimeout(endIfIdle, LINGER_IDLE_MS).unref();
  request.on('data', drop).on('end', end).on('close', end);
  request.resume();
}
