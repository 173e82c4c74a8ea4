import { ChatClient } from '../app/support/chat-client.js';
import { startApp, untilReady, type RunningApp } from '../app/support/running-app.js';
import { tokenOf } from '../app/support/tokens.js';
import { tenantSchema } from '../../src/store/isolation/tenant-schema.js';
import { verifiedReport } from '../../src/tenants/erase/report.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { REPORT_KEY } from './support/operator.js';

const PATHS = [
  'tenants',
  'tenants/aurora',
  'tenants/aurora/erasures',
  'tenants/aurora/holds',
  'tenants/aurora/retention',
  'migrations',
];

/** Where the tenant is by then. */
const SCHEMA = tenantSchema('chatkit', 'aurora');

interface Answer {
  readonly status: number;
  readonly text: string;
}

const linesOf = ({ text }: Answer): unknown[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

describe('The routes of operators', () => {
  let database: TestDatabase;
  let app: RunningApp;
  let ada: ChatClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startApp({
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_OPERATOR_TENANT: 'platform',
      CHATKIT_REPORT_KEY: REPORT_KEY,
    });
    await untilReady(app.url);
    ada = await ChatClient.of(app.url, { tenant: 'aurora', user: 'ada' });
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  async function ask(path: string, init: RequestInit = {}, tenant = 'platform', roles = ['operator']) {
    const token = await tokenOf({ tenant, user: 'op' }, { roles });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(`${app.url}/chatkit/operator/${path}`, { headers, ...init });
    return { status: response.status, text: await response.text() } satisfies Answer;
  }
  const post = (path: string, body: object = {}) => ask(path, { method: 'POST', body: JSON.stringify(body) });
  it('let in the operators of the service, and neither members nor administrators nor the same role elsewhere', async () => {
    for (const path of PATHS) {
      expect((await ask(path, {}, 'platform', ['admin'])).status).toBe(403);
      expect((await ask(path, {}, 'aurora', ['operator', 'admin'])).status).toBe(403);
      expect((await fetch(`${app.url}/chatkit/operator/${path}`)).status).toBe(401);
    }
    expect((await ask('tenants')).status).toBe(200);
  });

  it('add, list and show tenants', async () => {
    expect((await post('tenants', { tenant_id: 'new one', isolation: 'schema' })).status).toBe(201);
    expect((await post('tenants', { tenant_id: 'new one' })).status).toBe(409);
    const shown = await ask(`tenants/${encodeURIComponent('new one')}`);
    expect(JSON.parse(shown.text)).toMatchObject({
      tenant_id: 'new one',
      isolation: 'schema',
      status: 'active',
      is_moving: false,
    });
    expect(JSON.parse((await ask('tenants?limit=1')).text)).toMatchObject({
      data: [{ tenant_id: expect.any(String) as string }],
    });
    expect((await ask('tenants/unknown')).status).toBe(404);
    expect(JSON.parse((await ask('migrations')).text)).toEqual({ schemas: 1, outdated: 0, tenant_ids: [] });
  });

  it.each([
    ['tenants', { tenant_id: '' }],
    ['tenants', { tenant_id: 'x'.repeat(257) }],
    ['tenants', { tenant_id: 'x', isolation: 'none' }],
    ['tenants', { tenant_id: 'x', status: 'erased' }],
    ['tenants/aurora/move', { to: 'mars' }],
    ['tenants/aurora/erasures', { user_id: '' }],
    ['tenants/aurora/erasures', { confirm: 1 }],
    ['tenants/aurora/holds', {}],
    ['tenants/aurora/holds', { user_id: 'bob', reason: 'x'.repeat(1001) }],
    ['tenants/aurora/holds/7/release', {}],
    ['migrations', { at_once: 0 }],
  ])('refuse %s with %j', async (path, body) => {
    expect((await post(path, body)).status).toBe(400);
  });

  it('suspend a tenant, whose members are refused, and open it again', async () => {
    const turn = await ada.create('Hello');
    expect((await post('tenants/aurora/suspend')).status).toBe(200);
    const refused = await ada.send({ type: 'threads.list', params: {} });
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('tenant_suspended');
    expect((await post('tenants/aurora/resume')).status).toBe(200);
    expect(await ada.allItems(turn.threadId)).toEqual(turn.items);
  });

  it('move a tenant, and tell how far it has come', async () => {
    const turn = await ada.create('Hello');
    const moved = await post('tenants/aurora/move', { to: 'schema' });
    expect(moved.status).toBe(200);
    const lines = linesOf(moved);
    expect(lines).toContainEqual({ step: 'moved' });
    expect(lines).toContainEqual(expect.objectContaining({ step: 'compared', table: 'items' }));
    expect(lines.at(-1)).toEqual({ done: true });
    expect(await ada.allItems(turn.threadId)).toEqual(turn.items);
    expect((await post('tenants/unknown/move', { to: 'row' })).status).toBe(404);
    expect(linesOf(await post('migrations'))).toEqual([{ done: true }]);
  });

  it('set how long a tenant keeps threads', async () => {
    const patch = (body: object) =>
      ask('tenants/aurora/retention', { method: 'PATCH', body: JSON.stringify(body) });
    expect(JSON.parse((await patch({ closed: 30, locked: 0 })).text)).toEqual({ closed: 30, locked: 0 });
    expect(JSON.parse((await patch({ closed: null })).text)).toEqual({ locked: 0 });
    expect(JSON.parse((await ask('tenants/aurora/retention')).text)).toEqual({ locked: 0 });
    for (const days of [-1, 1.5, 36_501, '7']) expect((await patch({ active: days })).status).toBe(400);
  });

  it('hold what is not to be erased, and release it', async () => {
    const turn = await ada.create('Hello');
    const placed = await post('tenants/aurora/holds', { user_id: 'ada', reason: 'Case 7' });
    expect(placed.status).toBe(201);
    const { id } = JSON.parse(placed.text) as { readonly id: string };
    expect((await post('tenants/aurora/erasures', { user_id: 'ada' })).status).toBe(409);
    expect((await ada.send({ type: 'threads.delete', params: { thread_id: turn.threadId } })).status).toBe(
      200,
    );
    expect(
      await database.query(`SELECT FROM ${SCHEMA}.held_rows WHERE row_id = $1`, [turn.threadId]),
    ).toHaveLength(1);
    expect(JSON.parse((await ask('tenants/aurora/holds')).text)).toMatchObject({
      data: [{ id, user_id: 'ada', reason: 'Case 7', held_by: 'op', released_at: null }],
    });
    expect((await post(`tenants/aurora/holds/${id}/release`)).status).toBe(200);
    expect((await post(`tenants/aurora/holds/${id}/release`)).status).toBe(404);
    expect(await database.query(`SELECT FROM ${SCHEMA}.held_rows`)).toEqual([]);
  });

  it('erase a user, whose running answers bring nothing back, and give a signed report', async () => {
    const bob = await ChatClient.of(app.url, { tenant: 'aurora', user: 'bob' });
    await bob.create('Hello');
    const kept = await ada.create('Hello');
    const erased = linesOf(await post('tenants/aurora/erasures', { user_id: 'bob' }));
    expect(erased).toContainEqual({ step: 'removed', table: 'threads', count: 1 });
    expect(erased.at(-1)).toEqual({ done: true });
    const { report } = erased.at(-2) as { readonly report: string };
    expect(await verifiedReport(report, REPORT_KEY)).toMatchObject({ by: 'op', files: 0 });
    expect(JSON.parse((await ask('tenants/aurora/erasures')).text)).toMatchObject({
      data: [{ status: 'done', report }],
    });
    const refused = await bob.send({ type: 'threads.list', params: {} });
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('user_erased');
    expect(await ada.allItems(kept.threadId)).toEqual(kept.items);
    expect((await post('tenants/aurora/erasures')).status).toBe(409);
    expect((await post('tenants/unknown/erasures', { user_id: 'bob' })).status).toBe(404);
  });

  it('are told of in the audit log of the operators’ organisation', async () => {
    await post('tenants/aurora/suspend');
    await post('tenants/aurora/resume');
    const rows = await database.query(
      `SELECT actor_id, target, outcome FROM chatkit.audit_log
       WHERE tenant_id = 'platform' AND action = 'tenants.suspend' ORDER BY created_at DESC LIMIT 1`,
    );
    expect(rows).toEqual([{ actor_id: 'op', target: 'aurora', outcome: 'done' }]);
  });

  it('are not there where nobody is named', async () => {
    const other = await startApp({ CHATKIT_DATABASE_URL: database.url });
    const token = await tokenOf({ tenant: 'platform', user: 'op' }, { roles: ['operator'] });
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${other.url}/chatkit/operator/tenants`, { headers })).status).toBe(404);
    await other.close();
  });
});
