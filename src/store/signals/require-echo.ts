import type { Client } from 'pg';
import type { Clock } from '../../common/clock.js';
import { quoted } from '../schema/names.js';

const PATIENCE = 2000;

/** A pool that shares its connections between transactions passes on nothing that is said by others. */
export class NoEchoError extends Error {
  constructor() {
    super(
      'a pool of connections stands in front of the database and passes no notifications on: name the server itself in ' +
        'CHATKIT_NOTIFY_URL',
    );
  }
}

/**
 * Listens to a channel and looks whether what is said there by another is heard. What a connection says itself may come
 * back through a pool, too, when it is given the same connection to the server for both.
 *
 * @throws NoEchoError
 */
export async function requireEcho(
  client: Client,
  channel: string,
  { another, clock }: { readonly another: () => Promise<Client>; readonly clock: Pick<Clock, 'sleep'> },
): Promise<void> {
  const word = crypto.randomUUID();
  const heard = new AbortController();
  const listen = ({ payload }: { readonly payload?: string | undefined }): void => {
    if (payload === word) heard.abort();
  };
  client.on('notification', listen);
  try {
    await client.query(`LISTEN ${quoted(channel)}`);
    const speaker = await another();
    try {
      await speaker.query('SELECT pg_notify($1, $2)', [channel, word]);
    } finally {
      await speaker.end();
    }
    if (!heard.signal.aborted) await clock.sleep(PATIENCE, heard.signal);
    if (!heard.signal.aborted) throw new NoEchoError();
    await client.query(`UNLISTEN ${quoted(channel)}`);
  } finally {
    client.off('notification', listen);
  }
}
