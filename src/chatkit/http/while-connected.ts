import type { IncomingMessage } from 'node:http';
import { onConnectionClose } from '../../chatkit/http/connection.js';

/** Does something for a client with a signal that aborts when it leaves. */
export async function whileConnected<T>(
  { socket }: IncomingMessage,
  work: (gone: AbortSignal) => Promise<T>,
): Promise<T> {
  const gone = new AbortController();
  const release = onConnectionClose(socket, () => gone.abort());
  try {
    return await work(gone.signal);
  } finally {
    release();
  }
}
