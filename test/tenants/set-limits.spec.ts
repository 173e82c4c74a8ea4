import { AuditLog, OperatorAuditStore } from '../../src/audit/index.js';
import { ChatClient } from '../app/support/chat-client.js';
import { create } from '../app/support/requests.js';
import { startApp, untilReady, type RunningApp } from '../app/support/running-app.js';
import { tokenOf } from '../app/support/tokens.js';
import { schemaFeatures } from '../../src/app/schema-features.js';
import { tenantSchema } from '../../src/store/isolation/tenant-schema.js';
import { TenantsCommand } from '../../src/tenants/index.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';
import { operatorOf, orderOf } from './support/operator.js';

const LIST = { type: 'threads.list', params: {} };

describe.each(['row', 'schema'])(
  'Operators set the limits of a tenant, with isolation by %s',
  (isolation) => {
    let database: TestDatabase;
    let app: RunningApp;

    beforeAll(async () => {
      database = await createTestDatabase();
      app = await startApp({
        CHATKIT_DATABASE_URL: database.url,
        CHATKIT_ISOLATION: isolation,
        CHATKIT_OPERATOR_TENANT: 'platform',
        CHATKIT_LIMIT_USER_REQUESTS: '100',
      });
      await untilReady(app.url);
    });
    afterAll(async () => {
      await app?.close();
      await database?.drop();
    });

    async function ask(path: string, method = 'GET', body?: object) {
      const token = await tokenOf({ tenant: 'platform', user: 'op' }, { roles: ['operator'] });
      const response = await fetch(`${app.url}/chatkit/operator/${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    }
    const add = (tenantId: string) => ask('tenants', 'POST', { tenant_id: tenantId });
    const policyOf = async (tenant: string): Promise<string | null> => {
      const client = await ChatClient.of(app.url, { tenant, user: 'ada' });
      return (await client.send(LIST)).headers.get('ratelimit-policy');
    };

    it('and see what its members have used together, and of nobody who is not there', async () => {
      await add('used');
      await ask('tenants/used/limits', 'PUT', { tenantThreads: 9, userThreads: 5 });
      for (const user of ['ada', 'ben']) {
        const client = await ChatClient.of(app.url, { tenant: 'used', user });
        await (await client.send(create('Hello'))).text();
      }
      const { status, body } = await ask('tenants/used/limits/used');
      expect(status).toBe(200);
      const data = body['data'] as readonly { readonly name: string }[];
      expect(data.filter(({ name }) => !name.startsWith('tenant'))).toEqual([]);
      expect(data).toContainEqual({ name: 'tenantThreads', limit: 9, used: 2 });
      expect(data).toContainEqual({ name: 'tenantStreams', limit: 0, used: 0 });
      expect(data).toContainEqual({ name: 'tenantRequests', limit: 0, used: null });
      expect((await ask('tenants/unheard-of/limits/used')).status).toBe(404);
      expect((await ask('tenants/unheard-of')).status).toBe(404);
    });

    it('by a route, in place of those of the configuration, and take them back', async () => {
      await add('one');
      expect(await ask('tenants/one/limits')).toEqual({ status: 200, body: {} });
      const limits = { userRequests: 5, tenantTokensDay: 1000 };
      expect(await ask('tenants/one/limits', 'PUT', limits)).toEqual({ status: 200, body: limits });
      expect(await policyOf('one')).toBe('"user";q=5;w=60');
      const other = { userTokensDay: 0 };
      expect(await ask('tenants/one/limits', 'PUT', other)).toEqual({ status: 200, body: other });
      expect(await ask('tenants/one/limits')).toEqual({ status: 200, body: other });
      expect(await policyOf('two')).toBe('"user";q=100;w=60');
    });

    it.each([
      [{ userRequests: -1 }, 'userRequests'],
      [{ userRequests: 1.5 }, 'userRequests'],
      [{ tenantTokensMonth: '10' }, 'tenantTokensMonth'],
      [{ tenantTokensMonth: 2 ** 53 }, 'tenantTokensMonth'],
      [{ requests: 1 }, 'requests'],
    ])('by a route that refuses %j and names the field', async (limits, field) => {
      await add('three');
      const refused = await ask('tenants/three/limits', 'PUT', limits);
      expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid_request', field } } });
      expect((await ask('tenants/three/limits')).body).toEqual({});
    });

    it('of nobody who is not there', async () => {
      expect((await ask('tenants/nobody/limits')).status).toBe(404);
      expect((await ask('tenants/nobody/limits', 'PUT', { userRequests: 1 })).status).toBe(404);
    });

    it('by a route that tells the audit log of their organisation', async () => {
      await add('four');
      await ask('tenants/four/limits', 'PUT', { userRequests: 1 });
      const schema = isolation === 'row' ? 'chatkit' : tenantSchema('chatkit', 'platform');
      const rows = await database.query(
        `SELECT actor_id, outcome FROM "${schema}".audit_log
       WHERE tenant_id = 'platform' AND action = 'tenants.set_limits' AND target = 'four'`,
      );
      expect(rows).toEqual([{ actor_id: 'op', outcome: 'done' }]);
    });

    it('by the command, one by one', async () => {
      await add('five');
      const parts = await openStore(
        database,
        { CHATKIT_ISOLATION: isolation },
        { features: schemaFeatures() },
      );
      const said: string[] = [];
      const tools = operatorOf(parts);
      const command = new TenantsCommand(tools, {
        say: (line) => said.push(line),
        signal: new AbortController().signal,
        trail: new AuditLog(new OperatorAuditStore(parts.tenants)),
        files: { open: () => Promise.resolve(undefined) },
        folder: '.',
        caller: 'somebody',
      });
      const run = (...args: string[]) => command.run(orderOf('limits', 'five', ...args));
      await run();
      await run('--user-requests', '7', '--tenant-tokens-day', '0');
      await run('--user-requests', 'default');
      await parts.database.close();
      expect(said).toEqual([
        'five  no limits of its own',
        'five  user-requests 7',
        'five  tenant-tokens-day 0',
        'five  tenant-tokens-day 0',
      ]);
      expect((await ask('tenants/five/limits')).body).toEqual({ tenantTokensDay: 0 });
    });

    it.each([['--user-requests', 'many'], ['--user-requests', '-1'], ['--requests', '1'], ['more']])(
      'by the command, which says how it is called instead of taking %s %s',
      (...args) => {
        expect(() => orderOf('limits', 'five', ...args)).toThrow('usage: npm run tenants');
      },
    );
  },
);
