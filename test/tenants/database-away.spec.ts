import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ChatClient } from '../app/support/chat-client.js';
import { eventually } from '../app/support/eventually.js';
import { OwnCluster } from '../app/support/own-cluster.js';
import { startApp, untilReady, type RunningApp } from '../app/support/running-app.js';
import { tokenOf } from '../app/support/tokens.js';
import { childEnvironment } from '../support/child-environment.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const COMMAND = join(import.meta.dirname, '../../dist/server/tenants.js');
const list = { type: 'threads.list', params: {} };

describe('An application with tenants in a second cluster', () => {
  let home: TestDatabase;
  let eu: OwnCluster;
  let app: RunningApp;
  let env: NodeJS.ProcessEnv;
  let ada: ChatClient;
  let pierre: ChatClient;

  beforeAll(async () => {
    [home, eu] = await Promise.all([createTestDatabase(), OwnCluster.start()]);
    env = {
      CHATKIT_DATABASE_URL: home.url,
      CHATKIT_DATABASES: JSON.stringify({ eu: { url: eu.url } }),
      CHATKIT_OPERATOR_TENANT: 'platform',
    };
    app = await startApp({ ...env, CHATKIT_PROBE_INTERVAL: '200', CHATKIT_PROBE_TIMEOUT: '1000' });
    await untilReady(app.url);
    ada = await ChatClient.of(app.url, { tenant: 'aurora', user: 'ada' });
    pierre = await ChatClient.of(app.url, { tenant: 'paris', user: 'pierre' });
    await isEu('up');
  });
  afterAll(async () => {
    await app?.close();
    await eu?.remove();
    await home?.drop();
  });

  async function ask(
    path: string,
    body?: object,
  ): Promise<{ readonly status: number; readonly text: string }> {
    const token = await tokenOf({ tenant: 'platform', user: 'op' }, { roles: ['operator'] });
    const response = await fetch(`${app.url}/chatkit/operator/${path}`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  }

  async function command(...args: string[]): Promise<string> {
    const options = { env: { ...childEnvironment(), ...env } };
    const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, ...args], options);
    return stdout;
  }

  const health = async () => {
    const response = await fetch(`${app.url}/health/ready`);
    const { details } = (await response.json()) as {
      details: { chatkit: { status: string; state: string; databases: { name: string; state: string }[] } };
    };
    return { code: response.status, ...details.chatkit };
  };
  const isEu = (state: string) =>
    eventually(`health says that eu is ${state}`, async () => (await health()).databases[0]?.state === state);

  /** A look that a busy machine lets wait may say otherwise for a moment. */
  const isReady = (status: string) =>
    eventually(`readiness says ${status}`, async () => {
      const seen = await health();
      return seen.code === 200 && seen.state === 'up' && seen.status === status;
    });

  it('moves one there by the command, and back and there again by the route, in the middle of its conversation', async () => {
    const turn = await pierre.create('Bonjour');
    const told = await command('move', 'paris', '--to-database', 'eu', '--to', 'schema');
    expect(told).toContain('moved\n');
    expect(told).toContain('paris  schema in eu  active');
    expect(await pierre.allItems(turn.threadId)).toEqual(turn.items);
    await pierre.say(turn.threadId, 'Encore');
    const moved = await ask('tenants/paris/move', { to_database: 'home', to: 'row' });
    const lines = moved.text.trimEnd().split('\n');
    expect(lines).toEqual(expect.arrayContaining(['{"step":"moved"}', '{"step":"removed"}']));
    expect(lines.at(-1)).toBe('{"done":true}');
    expect(JSON.parse((await ask('tenants/paris')).text)).toMatchObject({
      database: 'home',
      isolation: 'row',
    });
    expect((await pierre.allItems(turn.threadId)).slice(0, turn.items.length)).toEqual(turn.items);
    await ask('tenants/paris/move', { to_database: 'eu' });
    expect(JSON.parse((await ask('tenants/paris')).text)).toMatchObject({ database: 'eu', isolation: 'row' });
    expect(await pierre.allItems(turn.threadId)).toHaveLength(4);
  });

  it.each([{}, { to_database: '' }, { to_database: 7 }, { to: 'mars', to_database: 'eu' }])(
    'refuses a move to %j',
    async (body) => {
      expect((await ask('tenants/paris/move', body)).status).toBe(400);
    },
  );

  it('serves the others while that cluster is away, refuses its tenants, and stays ready', async () => {
    const turn = await ada.create('Hello');
    const there = await pierre.create('Bonjour');
    await eu.stop();
    await isEu('down');
    await isReady('degraded');
    expect(await pierre.refusal(list)).toMatchObject({ status: 503, code: 'chat_unavailable' });
    expect(await ada.allItems(turn.threadId)).toEqual(turn.items);
    await ada.say(turn.threadId, 'Still here?');
    const { data } = JSON.parse((await ask('tenants')).text) as { data: object[] };
    expect(data).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ tenant_id: 'aurora', database: 'home', is_reachable: true }),
        expect.objectContaining({ tenant_id: 'paris', database: 'eu', is_reachable: false }),
      ]),
    );
    expect(await command('list')).toContain('paris  in eu, which is not there');
    expect((await ask('tenants/aurora/move', { to_database: 'eu' })).status).toBe(503);
    expect(JSON.parse((await ask('tenants/aurora')).text)).toMatchObject({
      database: 'home',
      status: 'active',
    });
    await ada.say(turn.threadId, 'And now?');
    await eu.startAgain();
    await isEu('up');
    await isReady('up');
    expect(await pierre.allItems(there.threadId)).toEqual(there.items);
  });
});
