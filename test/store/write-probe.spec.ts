import { freePort } from '../support/free-port.js';
import { probeWrites } from '../../src/store/availability/write-probe.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';
import { ANNA, thread } from '../../src/testing/store-contract/samples.js';
import { startProxy } from '../support/postgres-proxy.js';

const LIMIT_MS = 5000;

describe('A look at the database', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  /** The address for a login that owns nothing. */
  async function ordinaryLogin(limit: string): Promise<string> {
    const role = `reader_${limit.replaceAll(/\W/g, '_')}_${database.tag}`.toLowerCase();
    await database.query(`CREATE ROLE ${role} LOGIN PASSWORD 'secret' ${limit}`);
    const url = new URL(database.url);
    url.username = role;
    url.password = 'secret';
    return url.href;
  }

  it('finds nothing wrong, whoever looks, and leaves nothing behind', async () => {
    expect(await probeWrites(database.url, LIMIT_MS)).toBeUndefined();
    expect(await probeWrites(await ordinaryLogin('CONNECTION LIMIT 5'), LIMIT_MS)).toBeUndefined();
    const left = await database.query(`SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace`);
    expect(left).toEqual([]);
  });

  it('that a start takes finds what keeps it from writing, and leaves its connection fit for use', async () => {
    const own = await createTestDatabase();
    const emitting = await own.query(
      `SELECT oid::regprocedure::text AS name FROM pg_proc WHERE proname = 'pg_logical_emit_message'`,
    );
    for (const { name } of emitting)
      await own.query(`REVOKE EXECUTE ON FUNCTION ${String(name)} FROM PUBLIC`);
    const { database: found, store } = await openStore(own);
    expect(found.impairment).toBe('write_failed');
    await store.saveThread(thread('t1'), ANNA);
    await expect(store.loadThread('t1', ANNA)).resolves.toMatchObject({ id: 't1' });
    await found.close();
    await own.drop();
  });

  it('says nothing of a database that has no room for one more connection', async () => {
    expect(await probeWrites(await ordinaryLogin('CONNECTION LIMIT 0'), LIMIT_MS)).toBe('unknown');
  });

  it('finds it silent when nobody answers, or not in time', async () => {
    expect(await probeWrites(`postgres://u:p@127.0.0.1:${await freePort()}/db`, LIMIT_MS)).toBe('silent');
    const proxy = await startProxy(database.url);
    proxy.swallow();
    expect(await probeWrites(proxy.url, 100)).toBe('silent');
    await proxy.close();
  });
});
