import { statement } from '../../src/store/unit-of-work/statement.js';
import { ANNA } from '../../src/testing/store-contract/samples.js';
import { ChatClient } from '../app/support/chat-client.js';
import { Crowd } from '../app/support/crowd.js';
import { startApp, untilReady } from '../app/support/running-app.js';
import { createEmptyDatabase, openStore, type TestDatabase } from '../support/database.js';
import { PgBouncer, releases } from './support/pgbouncer.js';

const sleep = statement<[seconds: number]>('test_sleep', 'SELECT pg_sleep($1)');

describe.each(releases())('through $program', (release) => {
  const prepared = String(release.keepsStatements);
  let database: TestDatabase;
  let bouncer: PgBouncer;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    bouncer = await PgBouncer.start(release, database.url);
  });
  afterAll(async () => {
    await bouncer?.remove();
    await database?.drop();
  });

  it.each(['row', 'schema'])(
    'many chat at once on fewer connections, also while it is restarted, by %s',
    async (isolation) => {
      const app = await startApp({
        CHATKIT_DATABASE_URL: bouncer.url,
        CHATKIT_DATABASE_SCHEMA: `of_${isolation}`,
        CHATKIT_ISOLATION: isolation,
        CHATKIT_PREPARED_STATEMENTS: prepared,
      });
      try {
        await untilReady(app.url);
        const clients = Array.from({ length: 8 }, (_, index) =>
          ChatClient.of(app.url, { tenant: `org ${index % 3}`, user: `user ${index}` }),
        );
        const crowd = new Crowd(await Promise.all(clients));
        await crowd.toldMore(100);
        await bouncer.stop();
        await crowd.refusedMore(8);
        await bouncer.startAgain();
        await crowd.toldMore(100);
        await crowd.stop();
        expect(crowd.surprises).toEqual([]);
        for (const { told, stored } of await crowd.compare()) expect(stored).toEqual(told);
      } finally {
        await app.close();
      }
    },
  );

  it('a read that nobody waits for is ended, and never that of another', async () => {
    const env = { CHATKIT_PREPARED_STATEMENTS: prepared };
    const [leavers, stayers] = await Promise.all([
      openStore({ url: bouncer.url }, env),
      openStore({ url: bouncer.url }, env),
    ]);
    try {
      let strangers = 0;
      const done = new AbortController();
      const staying = Array.from({ length: 2 }, async () => {
        for (; !done.signal.aborted; strangers += 1) {
          await stayers.unitOfWork.read(ANNA, sleep(0.02));
        }
      });
      const reason = new Error('the client left');
      for (let round = 0; round < 60; round += 1) {
        const leaving = new AbortController();
        // some leave early, some while it runs, some when it is all but over
        const read = leavers.unitOfWork
          .read({ ...ANNA, signal: leaving.signal }, sleep(round % 3 === 0 ? 30 : 0.01))
          .catch((error: unknown) => error);
        setTimeout(() => leaving.abort(reason), 10 + (round % 5));
        const outcome = await read;
        if (outcome instanceof Error) expect(outcome).toBe(reason);
      }
      done.abort();
      await Promise.all(staying);
      expect(strangers).toBeGreaterThan(10);
    } finally {
      await Promise.all([leavers.database.close(), stayers.database.close()]);
    }
  });
});
