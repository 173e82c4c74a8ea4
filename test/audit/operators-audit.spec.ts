import { AuditLog, OperatorAuditStore } from '../../src/audit/index.js';
import { TenantsCommand } from '../../src/tenants/index.js';
import { AdminClient } from '../admin/support/admin-client.js';
import { startApp, untilReady, type RunningApp } from '../app/support/running-app.js';
import { tokenOf } from '../app/support/tokens.js';
import { operatorOf, orderOf } from '../tenants/support/operator.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';

type Entries = Record<string, unknown>[];

describe.each(['row', 'schema'])('What operators do to a tenant, with isolation by %s,', (isolation) => {
  let database: TestDatabase;
  let app: RunningApp;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startApp({
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_ISOLATION: isolation,
      CHATKIT_OPERATOR_TENANT: 'platform',
    });
    await untilReady(app.url);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  async function log(tenant: string): Promise<Entries> {
    const boss = await AdminClient.of(app.url, { tenant, user: 'boss' });
    const entries = (await boss.get('audit?limit=100')).body['data'] as Entries;
    return entries.filter(({ action }) => String(action).startsWith('tenants.'));
  }

  async function ask(path: string, init: RequestInit, tenant = 'platform', roles = ['operator']) {
    const token = await tokenOf({ tenant, user: 'on-call' }, { roles });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(`${app.url}/chatkit/operator/${path}`, { headers, ...init });
    return { status: response.status, text: await response.text() };
  }
  const post = (path: string, body: object = {}) => ask(path, { method: 'POST', body: JSON.stringify(body) });

  it('its administrators read in their log, and so do those of the operators', async () => {
    await post('tenants', { tenant_id: 'acme' });
    await ask('tenants/acme', {});
    await ask('tenants/acme', {});
    await post('tenants/acme/suspend');
    await post('tenants/acme/resume');
    const by = { actor: 'operator', actor_id: 'on-call', outcome: 'done', code: null };
    const actions = ['tenants.resume', 'tenants.suspend', 'tenants.show', 'tenants.add'];
    for (const [tenant, target] of [
      ['acme', null],
      ['platform', 'acme'],
    ] as const) {
      const read = await log(tenant);
      expect(read.map(({ action }) => action)).toEqual(actions);
      for (const entry of read) expect(entry).toMatchObject({ ...by, target });
    }
  });

  it('is there as well when it could not be done, with the code', async () => {
    expect((await post('tenants', { tenant_id: 'failing' })).status).toBe(201);
    expect((await post('tenants', { tenant_id: 'failing' })).status).toBe(409);
    expect((await post('tenants/failing/move', { to: 'mars' })).status).toBe(400);
    expect(await log('failing')).toMatchObject([
      { action: 'tenants.move', outcome: 'failed', code: 'invalid_request', actor: 'operator' },
      { action: 'tenants.add', outcome: 'failed', code: 'conflict', actor: 'operator' },
      { action: 'tenants.add', outcome: 'done', code: null },
    ]);
  });

  it('is there as well when a member of their organisation was refused', async () => {
    await post('tenants', { tenant_id: 'wanted' });
    const path = 'tenants/wanted/suspend';
    expect((await ask(path, { method: 'POST' }, 'platform', ['admin'])).status).toBe(403);
    expect(await log('wanted')).toMatchObject([
      { action: 'tenants.suspend', outcome: 'refused', code: 'forbidden', actor_id: 'on-call' },
      { action: 'tenants.add' },
    ]);
  });

  it('says nothing of strangers, whose own organisation reads what they tried', async () => {
    await post('tenants', { tenant_id: 'quiet' });
    expect((await ask('tenants/quiet/suspend', { method: 'POST' }, 'globex')).status).toBe(403);
    expect(await log('quiet')).toMatchObject([{ action: 'tenants.add' }]);
    expect(await log('globex')).toMatchObject([
      { action: 'tenants.suspend', outcome: 'refused', actor: 'member', actor_id: 'on-call' },
    ]);
  });

  it('adds no tenant that there is not', async () => {
    for (const name of ['nowhere', 'no%00where', 'x'.repeat(300)]) await ask(`tenants/${name}`, {});
    expect((await ask('tenants/nowhere', {})).status).toBe(404);
    const named = 'SELECT tenant_id FROM chatkit.tenants';
    const tenants = (await database.query(named)).map(({ tenant_id }) => String(tenant_id));
    expect(tenants.filter((name) => name.includes('where') || name.length > 100)).toEqual([]);
    expect(await log('platform')).toContainEqual(
      expect.objectContaining({ action: 'tenants.show', target: 'nowhere', code: 'not_found' }),
    );
  });

  it('is there as what the command has done', async () => {
    const parts = await openStore(database);
    const { database: connection, tenants } = parts;
    const tools = operatorOf(parts);
    const trail = new AuditLog(new OperatorAuditStore(tenants));
    const command = new TenantsCommand(tools, {
      say: () => undefined,
      signal: new AbortController().signal,
      trail,
      files: { open: () => Promise.resolve(undefined) },
      folder: '.',
      caller: 'somebody',
    });
    const run = (...args: string[]) => command.run(orderOf(...args));
    await run('add', 'by command');
    await expect(run('add', 'by command')).rejects.toMatchObject({ status: 409 });
    await run('suspend', 'by command');
    await run('resume', 'by command');
    const by = { actor: 'command', actor_id: 'tenants-command' };
    expect(await log('by command')).toMatchObject([
      { ...by, action: 'tenants.resume', outcome: 'done' },
      { ...by, action: 'tenants.suspend', outcome: 'done' },
      { ...by, action: 'tenants.add', outcome: 'failed', code: 'conflict' },
      { ...by, action: 'tenants.add', outcome: 'done' },
    ]);
    await connection.close();
  });
});
