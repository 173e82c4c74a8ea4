import { Client } from 'pg';
import type { StoreParts } from '../../src/store/create-store.js';
import { describeStore } from '../../src/testing/index.js';
import { ANNA, thread } from '../../src/testing/store-contract/samples.js';
import { createEmptyDatabase, emptyTables, openStore, type TestDatabase } from '../support/database.js';
import { PgBouncer, releases } from './support/pgbouncer.js';

/** Each release, with statements prepared by their names where it keeps them, and without. */
const WAYS = releases().flatMap((release) =>
  (release.keepsStatements ? ['true', 'false'] : ['false']).flatMap((prepared) =>
    ['row', 'schema'].map((isolation) => ({ release, program: release.program, prepared, isolation })),
  ),
);

describe.each(WAYS)(
  'a pool of transactions by $program, prepared statements $prepared, $isolation isolation',
  ({ release, prepared, isolation }) => {
    let database: TestDatabase;
    let bouncer: PgBouncer;
    let parts: StoreParts;

    const start = (): Promise<StoreParts> =>
      openStore(
        { url: bouncer.url },
        { CHATKIT_ISOLATION: isolation, CHATKIT_PREPARED_STATEMENTS: prepared },
      );

    beforeAll(async () => {
      database = await createEmptyDatabase();
      bouncer = await PgBouncer.start(release, database.url);
      // several instances at once, on a database that has nothing yet
      const all = await Promise.all([start(), start(), start()]);
      parts = all[0];
      for (const other of all.slice(1)) await other.database.close();
    });
    afterAll(async () => {
      await parts?.database.close();
      await bouncer?.remove();
      await database?.drop();
    });

    describeStore('the store', async () => ({
      store: parts.store,
      close: () => emptyTables(database),
    }));

    it('gets nothing that would stay on its connections', async () => {
      for (const found of await sessions(bouncer)) {
        expect(found).toEqual({ isLogin: true, path: '"$user", public', timeout: '0', lock: '0', locks: 0 });
      }
    });

    it('leaves nobody waiting for an instance that was cut off while it migrated', async () => {
      const cut = new Client({ connectionString: bouncer.url });
      cut.on('error', () => undefined);
      await cut.connect();
      await cut.query('BEGIN');
      await cut.query(`SELECT pg_advisory_xact_lock(hashtextextended('chatkit:migrations:chatkit', 0))`);
      cut.connection.stream.destroy();
      const next = await start();
      await next.store.saveThread(thread('after'), ANNA);
      await next.database.close();
    });
  },
);

/** What is set on the connections to the database, for whoever gets one next. */
async function sessions(bouncer: PgBouncer): Promise<unknown[]> {
  const clients = Array.from({ length: 3 }, () => new Client({ connectionString: bouncer.url }));
  const found: unknown[] = [];
  try {
    for (const client of clients) {
      await client.connect();
      await client.query('BEGIN');
      const { rows } = await client.query<Record<string, unknown>>(
        `SELECT current_user = session_user AS "isLogin", current_setting('search_path') AS path,
           current_setting('statement_timeout') AS timeout, current_setting('lock_timeout') AS lock,
           (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks`,
      );
      found.push(rows[0]);
    }
  } finally {
    for (const client of clients) await client.end();
  }
  return found;
}
