import { chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { generate } from 'selfsigned';
import { loadConfig } from '../../src/config/validate.js';
import { StoreConfig } from '../../src/config/store.config.js';
import { createStore } from '../../src/store/create-store.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { statement } from '../../src/store/unit-of-work/statement.js';
import { eventually } from '../app/support/eventually.js';
import { ONE_READY } from '../support/database.js';
import { startTestCluster, type TestCluster } from '../support/cluster.js';

const HOST = 'localhost';
const sleep = statement<[]>('test_encrypted_sleep', 'SELECT pg_sleep(60)');

/** A certificate that signs itself, for a host of that name. */
async function certificateFor(host: string): Promise<{ readonly cert: string; readonly private: string }> {
  const names = [{ type: 2 as const, value: host }];
  return generate([{ name: 'commonName', value: host }], {
    // made in a fifth of the time
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: names }],
  });
}

describe('The connection to the database', () => {
  let cluster: TestCluster;
  let directory: string;
  const stores: StoreParts[] = [];

  beforeAll(async () => {
    cluster = await startTestCluster();
    directory = await mkdtemp(join(tmpdir(), 'nestjs-chatkit-tls-'));
    const own = await certificateFor(HOST);
    const foreign = await certificateFor(HOST);
    await writeFile(join(directory, 'own.pem'), own.cert);
    await writeFile(join(directory, 'foreign.pem'), foreign.cert);
    await encrypt(own);
  });
  afterEach(async () => {
    for (const { database } of stores.splice(0)) await database.close();
  });
  afterAll(async () => {
    await cluster.stop();
    await rm(directory, { recursive: true, force: true });
  });

  async function asAdministrator(sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: cluster.url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  function sleeping(): Promise<Record<string, unknown>[]> {
    return asAdministrator(`SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep'`);
  }

  async function encrypt({ cert, private: key }: { readonly cert: string; readonly private: string }) {
    const [row] = await asAdministrator('SHOW data_directory');
    const data = String(row?.['data_directory']);
    const { uid, gid } = await stat(data);
    for (const [name, text] of [
      ['server.crt', cert],
      ['server.key', key],
    ] as const) {
      await writeFile(join(data, name), text, { mode: 0o600 });
      await chown(join(data, name), uid, gid);
    }
    await asAdministrator('ALTER SYSTEM SET ssl = on');
    await asAdministrator('SELECT pg_reload_conf()');
    await eventually('it is set', async () => (await asAdministrator('SHOW ssl'))[0]?.['ssl'] === 'on');
  }

  function open(query: string, { host = HOST, env = {} } = {}): { store: StoreParts; warnings: string[] } {
    const url = new URL(cluster.url);
    url.hostname = host;
    url.search = query;
    const config = loadConfig(StoreConfig, { CHATKIT_DATABASE_URL: url.href, ...ONE_READY, ...env });
    const warnings: string[] = [];
    const logger = { log: () => undefined, warn: (text: string) => void warnings.push(text) };
    const store = createStore(config, { logger });
    stores.push(store);
    store.database.start();
    return { store, warnings };
  }

  const trusting = (file: string): string => `sslmode=verify-full&sslrootcert=${join(directory, file)}`;

  it('is encrypted, for each of its kinds, where the URL demands it and the certificate is the right one', async () => {
    const { store, warnings } = open(trusting('own.pem'));
    await store.database.whenUp();
    const found = await asAdministrator(
      `SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'chatkit'`,
    );
    expect(found).toEqual([{ ssl: true }]);
    expect(warnings).toEqual([]);
  });

  it('ends what nobody waits for over an encrypted connection, too', async () => {
    const { store } = open(trusting('own.pem'), { env: { CHATKIT_STATEMENT_TIMEOUT: '600000' } });
    await store.database.whenUp();
    const leaving = new AbortController();
    const scope = { tenantId: 'acme', userId: 'anna', signal: leaving.signal };
    const outcome = store.unitOfWork.read(scope, sleep()).catch((error: unknown) => error);
    await eventually('it is under way', async () => (await sleeping()).length === 1);
    const reason = new Error('the client left');
    leaving.abort(reason);
    expect(await outcome).toBe(reason);
    expect(await sleeping()).toEqual([]);
  });

  it.each([
    ['of somebody else', 'foreign.pem', HOST],
    ['of another host', 'own.pem', '127.0.0.1'],
  ])('is not made to a server with the certificate %s', async (_whose, trusted, host) => {
    const { store, warnings } = open(trusting(trusted), { host });
    const down = new Promise<void>((resolve) => {
      store.database.onChange(({ status }) => {
        if (status === 'down') resolve();
      });
    });
    await down;
    expect(warnings).toEqual([expect.stringMatching(/^The chat database is .*certificate/)]);
  });

  it.each([
    ['', 'db.example', true],
    ['sslmode=require', 'db.example', true],
    ['sslmode=no-verify', 'db.example', true],
    ['sslmode=verify-full', 'db.example', false],
    ['', '127.0.0.1', false],
  ])('is warned of in production where others could read it: %j at %s', (query, host, warned) => {
    const { warnings } = open(query, { host, env: { NODE_ENV: 'production' } });
    expect(warnings.some((text) => text.includes('sslmode=verify-full'))).toBe(warned);
  });
});
