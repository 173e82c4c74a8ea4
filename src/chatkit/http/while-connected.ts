import type { IncomingMessage } from 'node:http';
import { onConnectionClose } from './connection.js';
import { ClientGoneError } from './endpoint-error.js';

/** Does something for a client with a signal that aborts when it leaves, with a ClientGoneError. */
export async function whileConnected<T>(
  { socket }: IncomingMessage,
  work: (gone: AbortSignal) => Promise<T>,
): Promise<T> {
  const gone = new AbortController();
  const release = onConnectionClose(socket, () =>
    gone.abort(new ClientGoneError('The client left before its answer was ready')),
  );
  try {
    return await work(gone.signal);
  } finally {
    release();
  }
}
