import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { StoreConfig } from '../../src/config/store.config.js';
import { loadConfig } from '../../src/config/validate.js';
import { createStore, type StoreParts } from '../../src/store/create-store.js';
import { databaseForTools, EmbeddedPostgres } from '../../src/embedded-postgres/embedded-postgres.js';
import { isAlive, readLock } from '../../src/embedded-postgres/lock-file.js';
import { ONE_READY } from '../support/database.js';
import { makeScratch } from '../support/scratch.js';
import { ANNA, note, thread } from '../../src/testing/store-contract/samples.js';

describe('the embedded database', () => {
  let directory: string;
  const opened: StoreParts[] = [];

  // One for all tests: making a data folder takes most of the time.
  beforeAll(async () => {
    directory = await makeScratch();
  });
  afterEach(async () => {
    for (const { database } of opened.splice(0)) await database.close();
  });
  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  async function start(): Promise<StoreParts> {
    const parts = createStore(loadConfig(StoreConfig, { CHATKIT_DATA_DIR: directory, ...ONE_READY }));
    opened.push(parts);
    parts.database.start();
    await parts.database.whenUp();
    return parts;
  }

  async function serverPid(): Promise<number> {
    return (await readLock(join(directory, 'postgres')))?.pid ?? 0;
  }

  it('is made and started once when two want it at a time', async () => {
    const both = [new EmbeddedPostgres({ directory }), new EmbeddedPostgres({ directory })];
    const urls = await Promise.all(both.map((server) => server.ensureRunning()));
    expect(new Set(urls).size).toBe(1);
    for (const server of both) await server.stop();
  });

  it('keeps its data between starts', async () => {
    const first = await start();
    await first.store.saveThread(thread('t1'), ANNA);
    const pid = await serverPid();
    await first.database.close();
    expect(isAlive(pid)).toBe(false);
    const second = await start();
    expect(await second.store.loadThread('t1', ANNA)).toEqual(thread('t1'));
  });

  it('shows its password to nobody else', async () => {
    const server = new EmbeddedPostgres({ directory });
    await server.ensureRunning();
    const { mode } = await stat(join(directory, 'postgres.json'));
    expect(mode & 0o777).toBe(0o600);
    const { password } = JSON.parse(await readFile(join(directory, 'postgres.json'), 'utf8')) as {
      password: string;
    };
    expect(password).toHaveLength(32);
    expect(new URL(await databaseForTools(directory)).password).toBe(password);
    await server.stop();
  });

  it('comes back by itself when its server is killed, with everything acknowledged', async () => {
    const { database, store } = await start();
    await store.saveThread(thread('t1'), ANNA);
    await store.addThreadItem('t1', note('i1'), ANNA);
    process.kill(await serverPid(), 'SIGKILL');
    while (database.state.status === 'up') await turn();
    await database.whenUp();
    expect(await store.loadItem('t1', 'i1', ANNA)).toEqual(note('i1'));
  });

  it('takes over the server that a killed run left behind', async () => {
    const lost = new EmbeddedPostgres({ directory });
    const url = await lost.ensureRunning();
    const pid = await serverPid();
    await writeFile(join(directory, 'postgres.owner'), '0');
    const next = new EmbeddedPostgres({ directory });
    expect(await next.ensureRunning()).toBe(url);
    expect(await serverPid()).toBe(pid);
    await next.stop();
    expect(isAlive(pid)).toBe(false);
    await lost.stop();
  });

  it('leaves a server running that another process is responsible for', async () => {
    const ours = new EmbeddedPostgres({ directory });
    const url = await ours.ensureRunning();
    await writeFile(join(directory, 'postgres.owner'), String(process.ppid));
    const guest = new EmbeddedPostgres({ directory });
    expect(await guest.ensureRunning()).toBe(url);
    await guest.stop();
    expect(isAlive(await serverPid())).toBe(true);
    await writeFile(join(directory, 'postgres.owner'), String(process.pid));
    await ours.stop();
  });

  it('starts although a lock was left behind whose process id is somebody else’s now', async () => {
    const server = new EmbeddedPostgres({ directory });
    await server.ensureRunning();
    const lock = await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8');
    await server.stop();
    const stale = lock.replace(/^\d+/, String(process.pid));
    await writeFile(join(directory, 'postgres', 'postmaster.pid'), stale);
    expect((await start()).database.state.status).toBe('up');
  });

  it('refuses the data of another version instead of harming them', async () => {
    const server = new EmbeddedPostgres({ directory });
    await server.ensureRunning();
    await server.stop();
    await writeFile(join(directory, 'postgres', 'PG_VERSION'), '9\n');
    await expect(server.ensureRunning()).rejects.toThrow(/holds data of PostgreSQL 9/);
  });
});
