import { Connection } from '../load/connection.js';
import { Requests } from '../load/requests.js';
import type { Running } from '../stage.js';
import type { Seeded, Sizes } from './row.js';

export const MEMBER = { user: 'bench-user', organisation: 'bench-organisation' };
const DELTAS = 16;
const CONNECTIONS = 8;

/** Fills a server through the protocol. */
export async function seed(
  server: Running,
  { threads, turns }: Pick<Sizes, 'threads' | 'turns'>,
): Promise<Seeded> {
  const requests = new Requests(MEMBER);
  const connections = await Connection.openMany(server.port, Math.min(CONNECTIONS, threads));
  const ids: string[] = [];
  let begun = 0;
  await Promise.all(
    connections.map(async (connection) => {
      while (begun < threads) {
        begun += 1;
        const id = await createThread(connection, requests);
        for (let turn = 1; turn < turns; turn += 1) await connection.send(requests.say(id, DELTAS));
        ids.push(id);
      }
      connection.close();
    }),
  );
  return { ...server, requests, threads: ids };
}

/** @returns its id */
export async function createThread(connection: Connection, requests: Requests): Promise<string> {
  const { status, text } = await connection.send(requests.create(DELTAS), { keep: true });
  const id = /"thread":\{"id":"([^"]+)"/.exec(text)?.[1];
  if (id === undefined) throw new Error(`No thread was created (${status}): ${text.slice(0, 500)}`);
  return id;
}
