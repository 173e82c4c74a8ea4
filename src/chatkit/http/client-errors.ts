import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { hasCode } from '../../common/has-code.js';
import { statusFailure } from './failure.js';

/** What Node says of a request that it refuses before there is one; of all else that it cannot be read. */
const STATUS = new Map([
  ['HPE_HEADER_OVERFLOW', 431],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 413],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
]);

/** What Node keeps with a connection: the answer that is under way there. */
interface AnsweringSocket extends Socket {
  readonly _httpMessage?: Pick<ServerResponse, 'headersSent'> | null;
}

/**
 * Has a server answer what is no HTTP, too large or too slow, which Node refuses without a word, with the body that every
 * error has. The connection is closed then.
 */
export function answerClientErrors(server: Server): void {
  server.on('clientError', (error: Error, socket: AnsweringSocket) => {
    // half an answer must not look like a whole one, and whoever has left hears nothing
    if (socket.writable && socket._httpMessage?.headersSent !== true) socket.write(refusalOf(error));
    socket.destroySoon();
  });
}

function refusalOf(error: Error): string {
  const known = [...STATUS].find(([code]) => hasCode(error, code));
  const { status, code, message } = statusFailure(known?.[1] ?? 400);
  const field = status === 400 ? 'request' : undefined;
  const id = randomUUID();
  const body = JSON.stringify({ error: { code, message, field, correlation_id: id } });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    `X-Correlation-Id: ${id}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
