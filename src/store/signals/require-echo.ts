import type { Client } from 'pg';
import type { Clock } from '../../common/clock.js';
import { quoted } from '../schema/names.js';

const PATIENCE = 2000;
const NO_ECHO =
  'a pool of connections stands in front of the database and passes no notifications on: name the server itself in ' +
  'CHATKIT_NOTIFY_URL';

/**
 * Listens to a channel and looks whether what is said there is heard, which through a pool that shares its connections
 * it is not.
 */
export async function requireEcho(
  client: Client,
  channel: string,
  clock: Pick<Clock, 'sleep'>,
): Promise<void> {
  const word = crypto.randomUUID();
  const heard = new AbortController();
  const listen = ({ payload }: { readonly payload?: string | undefined }): void => {
    if (payload === word) heard.abort();
  };
  client.on('notification', listen);
  try {
    await client.query(`LISTEN ${quoted(channel)}`);
    await client.query('SELECT pg_notify($1, $2)', [channel, word]);
    if (!heard.signal.aborted) await clock.sleep(PATIENCE, heard.signal);
    if (!heard.signal.aborted) throw new Error(NO_ECHO);
    await client.query(`UNLISTEN ${quoted(channel)}`);
  } finally {
    client.off('notification', listen);
  }
}
