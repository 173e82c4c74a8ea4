import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import packageJson from '../../package.json' with { type: 'json' };
import { makeScratch } from '../support/scratch.js';
import { ChatClient } from './support/chat-client.js';
import { eventually } from './support/eventually.js';
import { OwnCluster } from './support/own-cluster.js';
import { create } from './support/requests.js';
import { startApp, statusOf, untilReady, type RunningApp } from './support/running-app.js';

const ada = { tenant: 'aurora', user: 'ada' };
const list = { type: 'threads.list', params: {} };

/** So that a test need not wait long. */
const WATCHFUL = { CHATKIT_PROBE_INTERVAL: '200', CHATKIT_PROBE_TIMEOUT: '1000' };

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function readyApp(url: string, env: NodeJS.ProcessEnv = {}): Promise<RunningApp> {
  const app = await startApp({ CHATKIT_DATABASE_URL: url, ...WATCHFUL, ...env });
  cleanUps.push(() => app.close());
  await untilReady(app.url);
  return app;
}

/** Why the server is not ready; undefined while it is. */
async function hindrance(app: RunningApp): Promise<unknown> {
  const response = await fetch(`${app.url}/health/ready`);
  const { details } = (await response.json()) as { details: { chatkit: { reason?: unknown } } };
  expect(response.status).toBe(details.chatkit.reason === undefined ? 200 : 503);
  return details.chatkit.reason;
}

async function connectionsOf(app: RunningApp): Promise<{ readonly waiting: number }> {
  const response = await fetch(`${app.url}/health/ready`);
  const { details } = (await response.json()) as { details: { chatkit: { pool: { waiting: number } } } };
  return details.chatkit.pool;
}

function until(app: RunningApp, reason: string): Promise<unknown> {
  return eventually(`readiness says ${reason}`, async () => (await hindrance(app)) === reason);
}

async function asAdministrator(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

describe('Readiness', () => {
  let cluster: OwnCluster;
  beforeAll(async () => {
    cluster = await OwnCluster.start();
  });
  afterAll(() => cluster.remove());

  it('says no while the database is silent and every connection of the pool waits for it', async () => {
    const app = await readyApp(cluster.url, { CHATKIT_POOL_MAX: '4' });
    const client = await ChatClient.of(app.url, ada);
    const holder = new Client({ connectionString: cluster.url });
    holder.on('error', () => undefined);
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE chatkit.threads IN ACCESS EXCLUSIVE MODE');
    const waiting = Promise.all(Array.from({ length: 20 }, () => client.refusal(list)));
    // one that is free would tell that the server is gone
    await eventually('every connection is taken', async () => (await connectionsOf(app)).waiting > 0);
    const goOn = await cluster.freeze();
    try {
      await until(app, 'silent');
      expect(await statusOf(`${app.url}/health/live`)).toBe(200);
    } finally {
      goOn();
    }
    await holder.end();
    await waiting.catch(() => undefined);
    await untilReady(app.url);
  });

  it('says no while no connection becomes free for as long as one is waited for', async () => {
    const app = await readyApp(cluster.url, {
      // the one that is ready: to open another may take longer than one is waited for
      CHATKIT_POOL_MAX: '1',
      CHATKIT_CONNECT_TIMEOUT: '200',
      // whoever has it keeps it for as long as the table is held
      CHATKIT_LOCK_TIMEOUT: '60000',
      CHATKIT_STATEMENT_TIMEOUT: '60000',
    });
    const client = await ChatClient.of(app.url, ada);
    const holder = new Client({ connectionString: cluster.url });
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE chatkit.threads IN ACCESS EXCLUSIVE MODE');
    const asking = Promise.allSettled(Array.from({ length: 8 }, () => client.thread('thr_any')));
    await until(app, 'pool_busy');
    await holder.end();
    await asking;
    await untilReady(app.url);
  });

  it('says no while the database takes no writes', async () => {
    const app = await readyApp(cluster.url);
    const set = (value: string): Promise<void> =>
      asAdministrator(
        cluster.url,
        'SET default_transaction_read_only = off',
        `ALTER SYSTEM SET default_transaction_read_only = ${value}`,
        'SELECT pg_reload_conf()',
      );
    await set('on');
    await until(app, 'read_only');
    const client = await ChatClient.of(app.url, ada);
    expect(await client.refusal(create('Hello'))).toMatchObject({ status: 503 });
    await set('off');
    await untilReady(app.url);
  });

  it('says no when the database has become a standby', async () => {
    const app = await readyApp(cluster.url);
    await cluster.stop();
    await cluster.becomeStandby();
    await cluster.startAgain();
    await eventually('it is noticed', async () => (await hindrance(app)) !== undefined);
    await asAdministrator(cluster.url, 'SELECT pg_promote()');
    await untilReady(app.url);
  });

  it('says no while a write fails', async () => {
    const app = await readyApp(cluster.url);
    await asAdministrator(cluster.url, "ALTER SYSTEM SET temp_file_limit = '1kB'", 'SELECT pg_reload_conf()');
    await until(app, 'write_failed');
    await asAdministrator(cluster.url, 'ALTER SYSTEM RESET temp_file_limit', 'SELECT pg_reload_conf()');
    await untilReady(app.url);
  });

  it('says no while the server stops, as the chat itself does', async () => {
    const app = await readyApp(cluster.url, {
      CHATKIT_OFFLINE_DELAY_MS: '20',
      CHATKIT_DRAIN_TIMEOUT_MS: '60000',
    });
    const client = await ChatClient.of(app.url, ada);
    const answer = client.stream(create('Count to 100'));
    await answer.next();
    const closing = app.close();
    await until(app, 'shutting_down');
    expect(await client.refusal(list)).toMatchObject({ status: 503 });
    for await (const _event of answer) void _event;
    await closing;
  });
});

describe('What runs', () => {
  it('is told to anyone', async () => {
    const app = await startApp({ CHATKIT_DATABASE_EMBEDDED: 'false', CHATKIT_COMMIT: 'abc123' });
    cleanUps.push(() => app.close());
    const response = await fetch(`${app.url}/version`);
    const { name, version } = packageJson;
    expect(await response.json()).toEqual({ name, version, commit: 'abc123', node: process.versions.node });
  });
});

/** A small disk needs a mount, which the administrator of a Linux alone may make. */
const mayMount = process.platform === 'linux' && process.getuid?.() === 0;

(mayMount ? describe : describe.skip)('Readiness on a disk of its own', () => {
  it('says no while the disk is full', async () => {
    const directory = await makeScratch();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m,mode=755', 'tmpfs', directory]);
    cleanUps.push(async () => {
      execFileSync('umount', ['--lazy', directory]);
      await rm(directory, { recursive: true });
    });
    const cluster = await OwnCluster.start(join(directory, 'cluster'));
    cleanUps.push(() => cluster.remove());
    const app = await readyApp(cluster.url);
    const rest = join(directory, 'rest');
    await writeFile(rest, Buffer.alloc(160 * 2 ** 20)).catch(() => undefined);
    await until(app, 'disk_full');
    await writeFile(rest, '');
    await untilReady(app.url);
  });
});
