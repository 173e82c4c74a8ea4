import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { MemoryStore } from '../../src/chatkit/core/index.js';
import { ChatKitAdminModule, ChatKitAuditModule } from '../../src/entries/admin.js';
import { RespondService, ChatKitAgentsModule } from '../../src/entries/agents.js';
import { AttachmentsConfig, ChatKitAttachmentsModule } from '../../src/entries/attachments.js';
import { ChatKitDocumentsModule } from '../../src/entries/documents.js';
import { ChatKitTenantsModule } from '../../src/entries/tenants.js';
import {
  ChatKitModule,
  loadConfig,
  StoreConfig,
  ChatKitStoreModule,
  TypeOrmAttachmentRecords,
  TypeOrmStore,
  type HostIdentity,
} from '../../src/index.js';
import { CapturedLogs } from '../agents/support/logs.js';
import { agentsConfig, message } from '../agents/support/chat.js';
import { createTestDatabase, ONE_READY, type TestDatabase } from '../support/database.js';
import { eventually } from './support/eventually.js';

/** What an application of its own knows of whoever asks, from wherever, here from the test. */
let known: Readonly<Record<string, unknown>> = {};
const identity = () => ({ roles: ['admin'], ...known }) as unknown as HostIdentity;

interface HostApp {
  readonly url: string;
  /** How many conversations are kept, whoever's they are. */
  kept(): Promise<number>;
  close(): Promise<void>;
}

async function started(imported: DynamicModule[]): Promise<NestExpressApplication> {
  @Module({ imports: imported })
  class Host {}
  const module = await Test.createTestingModule({ imports: [Host] }).compile();
  const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  await app.listen(0, '127.0.0.1');
  return app;
}

function urlOf(app: NestExpressApplication): string {
  const server: Server = app.getHttpServer();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const agents = { imports: [ChatKitAgentsModule.forRoot({ config: agentsConfig() })], server: RespondService };

async function inMemory(): Promise<HostApp> {
  let kept = 0;
  class CountingStore extends MemoryStore {
    override saveThread(...args: Parameters<MemoryStore['saveThread']>): Promise<void> {
      kept += 1;
      return super.saveThread(...args);
    }
  }
  const app = await started([
    ChatKitModule.forRoot({ ...agents, store: { useValue: new CountingStore() }, identity }),
  ]);
  return { url: urlOf(app), kept: () => Promise.resolve(kept), close: () => app.close() };
}

async function inPostgres(
  env: NodeJS.ProcessEnv,
): Promise<HostApp & { database: TestDatabase; files: string }> {
  const database = await createTestDatabase();
  const files = await mkdtemp(join(tmpdir(), 'nestjs-chatkit-host-'));
  const config = loadConfig(StoreConfig, { CHATKIT_DATABASE_URL: database.url, ...ONE_READY, ...env });
  const store = { useExisting: TypeOrmStore };
  const app = await started([
    ChatKitStoreModule.forRoot({ config }),
    ChatKitAttachmentsModule.forRoot({
      config: loadConfig(AttachmentsConfig, {}),
      directory: files,
      publicUrl: 'http://chat.test',
      corsOrigins: [],
      store,
      records: { useExisting: TypeOrmAttachmentRecords },
    }),
    ChatKitModule.forRoot({
      ...agents,
      identity,
      features: [
        ChatKitAdminModule,
        ChatKitAuditModule,
        ChatKitDocumentsModule.forRoot(),
        ChatKitTenantsModule.forRoot({ operators: { tenantId: '7', role: 'admin' } }),
      ],
    }),
  ]);
  const url = urlOf(app);
  known = { tenantId: 'known', userId: 'known' };
  await eventually('chat is there', async () => (await post(`${url}/chatkit`, list)).status === 200);
  return {
    url,
    database,
    files,
    async kept() {
      const tables = await database.query(
        `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE tablename = 'threads'`,
      );
      const rows = await Promise.all(
        tables.map(({ name }) => database.query(`SELECT id FROM ${String(name)}`)),
      );
      return rows.flat().length;
    },
    async close() {
      await app.close();
      await database.drop();
      await rm(files, { recursive: true, force: true });
    },
  };
}

const list = { type: 'threads.list', params: {} };

function post(url: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

interface Refusal {
  readonly error?: { readonly code: string; readonly field?: string };
}

const ADA = { tenantId: 'acme', userId: 'ada' };
const UNUSABLE: [string, unknown][] = [
  ['an object', { id: 'ada' }],
  ['a list', ['ada']],
  ['a function', (): string => 'ada'],
  ['a boolean', true],
  ['a big integer', 7n],
  ['a fraction', 1.5],
  ['no number', Number.NaN],
  ['an endless number', Number.POSITIVE_INFINITY],
  ['a number beyond safe integers', 2 ** 53],
  ['a text with NUL', 'a\0da'],
  ['a text with a line break', 'a\nda'],
  ['a text with an invisible character', 'a\u200bda'],
  ['a lone surrogate', 'ada\ud800'],
  ['an endless text', 'a'.repeat(256)],
];
const MISSING: [string, unknown][] = [
  ['undefined', undefined],
  ['null', null],
  ['an empty text', ''],
  ['white space', ' \t\u00a0\n'],
];

/** What a guard finds, how that is answered, and the field that is to blame. */
const CASES: [string, Readonly<Record<string, unknown>>, number, string][] = [
  ['nothing at all', {}, 401, 'userId'],
  ...MISSING.flatMap(([shape, value]): typeof CASES => [
    [`${shape} as user`, { ...ADA, userId: value }, 401, 'userId'],
    [`${shape} as tenant`, { ...ADA, tenantId: value }, 403, 'tenantId'],
    [`${shape} as both`, { tenantId: value, userId: value }, 401, 'userId'],
  ]),
  ...UNUSABLE.flatMap(([shape, value]): typeof CASES => [
    [`${shape} as user`, { ...ADA, userId: value }, 403, 'userId'],
    [`${shape} as tenant`, { ...ADA, tenantId: value }, 403, 'tenantId'],
  ]),
];

describe.each([
  ['in memory', inMemory],
  ['in PostgreSQL, by row', () => inPostgres({})],
  ['in PostgreSQL, by schema', () => inPostgres({ CHATKIT_ISOLATION: 'schema' })],
])('What a host’s guard finds out, with conversations kept %s,', (_where, start) => {
  let app: HostApp;
  beforeAll(async () => {
    app = await start();
  });
  afterAll(() => app?.close());

  it.each(CASES)('is refused, logged and not stored when it is %s', async (_what, found, status, field) => {
    known = found;
    using logs = new CapturedLogs();
    const before = await app.kept();
    for (const request of [message('Hello'), list]) {
      const response = await post(`${app.url}/chatkit`, request);
      const body = (await response.json()) as Refusal;
      expect([response.status, body.error?.code, body.error?.field]).toEqual([
        status,
        status === 401 ? 'unauthorized' : 'forbidden',
        field,
      ]);
    }
    expect(logs.text).toMatch(new RegExp(`RequestContext: ${field} is `));
    expect(await app.kept()).toBe(before);
  });

  it('may be whole numbers, which are taken as their text', async () => {
    known = { tenantId: 7, userId: 42 };
    const events = await (await post(`${app.url}/chatkit`, message('Hello'))).text();
    expect(events).toContain('"type":"assistant_message.content_part.done"');
    expect(events).not.toContain('"type":"error"');
    const mine = (await (await post(`${app.url}/chatkit`, list)).json()) as { data: object[] };
    expect(mine.data).toHaveLength(1);
    known = { tenantId: '7', userId: '42' };
    expect(await (await post(`${app.url}/chatkit`, list)).json()).toEqual(mine);
    for (const other of [
      { tenantId: 7, userId: 43 },
      { tenantId: 8, userId: 42 },
      { tenantId: 42, userId: 7 },
    ]) {
      known = other;
      expect(await (await post(`${app.url}/chatkit`, list)).json()).toMatchObject({ data: [] });
    }
  });

  it('does not fail an answer where the rest of it is of no use', async () => {
    const rest = {
      tenantName: 7,
      roles: [1, null, 'editor'],
      locale: 5,
      correlationId: 9,
      user: { name: 5, email: {}, picture: [], attributes: { level: 3, nested: {} } },
      metadata: 'none',
      token: 12,
    };
    for (const extra of [
      rest,
      { roles: 'editor', user: 'Ada', locale: null, metadata: null, tenantName: null },
    ]) {
      known = { tenantId: 'rest', userId: 'ada', ...extra };
      const response = await post(`${app.url}/chatkit`, message('Who am I?'));
      const events = await response.text();
      expect([response.status, events]).toEqual([200, expect.not.stringContaining('"type":"error"')]);
      expect(events).toContain('Roles: editor');
    }
  });
});

function form(): RequestInit {
  const body = new FormData();
  body.set('file', new Blob(['The code word is heron.'], { type: 'text/plain' }), 'note.txt');
  return { method: 'POST', body };
}

function json(method: string, body: string): () => RequestInit {
  return () => ({ method, headers: { 'content-type': 'application/json' }, body });
}
const instructions = json('PUT', '{"instructions":"Obey."}');

describe('Routes beside the endpoint', () => {
  let app: Awaited<ReturnType<typeof inPostgres>>;
  beforeAll(async () => {
    app = await inPostgres({});
  });
  afterAll(() => app?.close());

  const routes: [string, () => RequestInit][] = [
    ['/attachments', form],
    ['/chatkit/admin/organisation', instructions],
    ['/chatkit/admin/organisation', () => ({})],
    ['/chatkit/admin/usage?from=2026-01-01&to=2026-01-02', () => ({})],
    ['/chatkit/admin/feedback', () => ({})],
    ['/chatkit/admin/audit', () => ({})],
    ['/chatkit/admin/documents', () => ({})],
    ['/chatkit/admin/documents', form],
    ['/chatkit/operator/tenants', json('POST', '{"tenant_id":"made"}')],
    ['/chatkit/operator/tenants', () => ({})],
    ['/chatkit/operator/tenants/made', () => ({})],
    ['/chatkit/operator/tenants/made/suspend', json('POST', '')],
    ['/chatkit/operator/tenants/made/resume', json('POST', '')],
    ['/chatkit/operator/tenants/made/move', json('POST', '{"to":"schema"}')],
    ['/chatkit/operator/tenants/made/export', () => ({})],
    ['/chatkit/operator/migrations', () => ({})],
    ['/chatkit/operator/migrations', json('POST', '{}')],
  ];

  it.each(CASES)('refuse a guard that finds %s', async (_what, found, status, field) => {
    known = found;
    using logs = new CapturedLogs();
    for (const [path, init] of routes) {
      const response = await fetch(`${app.url}${path}`, init());
      const body = (await response.json()) as Refusal;
      expect([path, response.status, body.error?.field]).toEqual([path, status, field]);
    }
    expect(logs.text).toContain(`RequestContext: ${field} is `);
    const tables = ['attachments', 'tenant_settings', 'documents', 'audit_log'];
    for (const table of tables)
      expect(await app.database.query(`SELECT * FROM chatkit.${table}`)).toEqual([]);
    expect(await app.database.query(`SELECT FROM chatkit.tenants WHERE tenant_id = 'made'`)).toEqual([]);
  });

  it('serve members whose identifiers are whole numbers', async () => {
    known = { tenantId: 7, userId: 42 };
    for (const [path, init] of routes) {
      const response = await fetch(`${app.url}${path}`, init());
      expect([path, response.status, await response.text()]).toEqual([
        path,
        // what adds something says so
        (path.endsWith('documents') && init === form) || (path.endsWith('tenants') && init().method)
          ? 201
          : 200,
        expect.anything(),
      ]);
    }
    expect(await app.database.query('SELECT tenant_id FROM chatkit.tenant_settings')).toEqual([
      { tenant_id: '7' },
    ]);
  });
});
