import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../../src/app/bootstrap.js';
import { readAppConfig } from '../../src/config/app.config.js';
import { statusOf, untilReady } from '../app/support/running-app.js';
import { AUTH_ENV, tokenOf } from '../app/support/tokens.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { makeScratch } from '../support/scratch.js';
import { differences, openApi, operationsOf, type OpenApi, type Operation } from './support/open-api.js';
import { routesOf } from './support/routes.js';

const WEB = join(import.meta.dirname, '../../dist/web');

interface Running {
  readonly app: NestExpressApplication;
  readonly url: string;
  close(): Promise<void>;
}

async function started(env: NodeJS.ProcessEnv): Promise<Running> {
  const config = readAppConfig({
    ...AUTH_ENV,
    PORT: '0',
    CHATKIT_OFFLINE_DELAY_MS: '0',
    CHATKIT_DATA_DIR: await makeScratch(),
    CHATKIT_OPERATOR_TENANT: 'platform',
    ...env,
  });
  const app = await createApp(config, { webDirectory: WEB, logger: false });
  await app.listen(0, '127.0.0.1');
  const server: Server = app.getHttpServer();
  const { port } = server.address() as AddressInfo;
  return { app, url: `http://127.0.0.1:${port}`, close: () => app.close() };
}

const policy = (response: Response) => response.headers.get('content-security-policy');

describe('The description of the API', () => {
  let database: TestDatabase;
  let server: Running;
  let document: OpenApi;
  let operations: ReadonlyMap<string, Operation>;

  beforeAll(async () => {
    database = await createTestDatabase();
    server = await started({ CHATKIT_DATABASE_URL: database.url });
    await untilReady(server.url);
    document = openApi.parse(await (await fetch(`${server.url}/api/docs-json`)).json());
    operations = new Map(operationsOf(document));
  });
  afterAll(async () => {
    await server?.close();
    await database?.drop();
  });

  it('is OpenAPI 3 in which nothing is named twice, or not there', () => {
    const ids = [...operations.values()].map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
    for (const [, name = ''] of references) expect(document.components.schemas).toHaveProperty(name);
    for (const [name, { parameters, security = [] }] of operations) {
      const inPath = parameters.filter(({ in: place }) => place === 'path').map(({ name: field }) => field);
      const asked = Array.from(name.matchAll(/\{(\w+)\}/g), ([, field]) => field);
      expect([name, inPath.toSorted((one, other) => one.localeCompare(other))]).toEqual([
        name,
        asked.toSorted((one, other) => String(one).localeCompare(String(other))),
      ]);
      for (const scheme of security.flatMap((one) => Object.keys(one))) {
        expect(document.components.securitySchemes).toHaveProperty(scheme);
      }
    }
  });

  it('has every route of the application, and no other', () => {
    expect([...operations.keys()].toSorted()).toEqual(routesOf(server.app));
  });

  it('says of what administrators and operators use who may, what they send, and what they get', () => {
    const privileged = [...operations].filter(([name]) => /\/chatkit\/(?:admin|operator)\//.test(name));
    expect(privileged.length).toBeGreaterThanOrEqual(20);
    for (const [name, { summary, security, requestBody, responses }] of privileged) {
      expect([name, summary?.length]).toEqual([name, expect.any(Number)]);
      expect([name, security]).toEqual([name, [{ token: [] }, { session: [] }]]);
      expect([name, Object.keys(responses)]).toEqual([name, expect.arrayContaining(['401', '403', '503'])]);
      const done = Object.entries(responses).find(([status]) => status.startsWith('2'));
      if (done?.[0] !== '204') expect([name, done?.[1].content]).toEqual([name, expect.anything()]);
      const hasNoBody = /^(?:get|delete) |\/(?:suspend|resume|release)$/.test(name);
      expect([name, requestBody === undefined]).toEqual([name, hasNoBody]);
    }
  });

  it('knows the fields as the server checks them', () => {
    const fields = (name: string) =>
      Object.fromEntries(
        operations.get(name)?.parameters.map(({ name: field, ...rest }) => [field, rest]) ?? [],
      );
    expect(fields('get /chatkit/admin/audit')).toMatchObject({
      limit: { required: false, schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 } },
      action: { required: false, schema: { type: 'string', minLength: 1, maxLength: 100 } },
      from: { schema: { format: 'date-time' } },
    });
    expect(fields('get /chatkit/operator/tenants/{tenant_id}/export')).toMatchObject({
      tenant_id: { in: 'path', required: true },
      user: { in: 'query', required: false },
    });
    expect(operations.get('post /chatkit/operator/tenants')?.requestBody?.content).toMatchObject({
      'application/json': {
        schema: { required: ['tenant_id'], properties: { isolation: { enum: ['row', 'schema'] } } },
      },
    });
    expect(operations.get('post /chatkit/admin/documents')?.requestBody?.content).toMatchObject({
      'multipart/form-data': { schema: { required: ['file'], properties: { language: { type: 'string' } } } },
    });
  });

  it('is what the server answers', async () => {
    const admin = await tokenOf({ tenant: 'platform', user: 'boss' }, { roles: ['admin', 'operator'] });
    const authorization = `Bearer ${admin}`;
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(`${server.url}${path}`, { headers: { authorization }, ...init });
    const form = new FormData();
    form.set('file', new Blob(['# Rules']), 'rules.md');
    const headers = { authorization, 'content-type': 'application/json' };
    const asked: [name: string, response: Response][] = [
      [
        'post /chatkit/admin/documents',
        await ask('/chatkit/admin/documents', { method: 'POST', body: form }),
      ],
      [
        'put /chatkit/admin/organisation',
        await ask('/chatkit/admin/organisation', {
          method: 'PUT',
          headers,
          body: '{"instructions":"x"}',
        }),
      ],
      [
        'post /chatkit/operator/tenants',
        await ask('/chatkit/operator/tenants', {
          method: 'POST',
          headers,
          body: '{"tenant_id":"new"}',
        }),
      ],
      [
        'post /chatkit/operator/tenants/{tenant_id}/suspend',
        await ask('/chatkit/operator/tenants/new/suspend', { method: 'POST' }),
      ],
      [
        'post /chatkit/operator/tenants/{tenant_id}/move',
        await ask('/chatkit/operator/tenants/new/move', {
          method: 'POST',
          headers,
          body: '{"to":"mars"}',
        }),
      ],
    ];
    for (const [name] of operations) {
      const path = name.replace(/^get /, '').replace('{tenant_id}', 'platform');
      if (/^get \/chatkit\/(?:admin|operator)\//.test(name) && !name.endsWith('export')) {
        asked.push([name, await ask(path)]);
      }
    }
    expect(asked.length).toBeGreaterThan(12);
    for (const [name, response] of asked) {
      const said =
        operations.get(name)?.responses[response.status]?.content?.['application/json']?.schema ?? {};
      const schema = '$ref' in said ? document.components.schemas['Error'] : said;
      const found = differences(await response.json(), schema ?? {});
      expect([name, response.status, found]).toEqual([name, response.status, []]);
    }
  });

  it('is a page that its policy lets work, while every other answer stays as strict as it was', async () => {
    const page = await fetch(`${server.url}/api/docs`);
    expect([page.status, policy(page)]).toEqual([200, expect.stringContaining(`script-src 'self'`)]);
    const html = await page.text();
    const links = Array.from(html.matchAll(/(?:src|href)="([^"]+)"/g), ([, link = '']) => link);
    expect(links).toHaveLength(3);
    for (const link of links) {
      expect([link, await statusOf(new URL(link, page.url).href)]).toEqual([link, 200]);
    }
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
    for (const path of ['/api/docs-json', '/health/live', '/api']) {
      const strict = await fetch(`${server.url}${path}`);
      await strict.text();
      expect(policy(strict)).not.toContain('script-src');
    }
  });

  it.each([
    [{ NODE_ENV: 'test' }, 200],
    [{ CHATKIT_API_DOCS: 'false' }, 404],
  ])('is served with %j: %d', async (env, status) => {
    const other = await started({ CHATKIT_DATABASE_URL: database.url, ...env });
    expect(await statusOf(`${other.url}/api/docs-json`)).toBe(status);
    await other.close();
  });

  it('is not served in production unless that is asked for', async () => {
    const { ApiDocsConfig } = await import('../../src/config/api-docs.config.js');
    const { loadConfig } = await import('../../src/config/validate.js');
    const enabled = (env: NodeJS.ProcessEnv) => loadConfig(ApiDocsConfig, env).enabled;
    expect(enabled({ NODE_ENV: 'production' })).toBe(false);
    expect(enabled({ NODE_ENV: 'production', CHATKIT_API_DOCS: 'true' })).toBe(true);
  });
});
