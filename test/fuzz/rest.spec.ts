import * as fc from 'fast-check';
import { always, patience } from './support/runs.js';
import { START_MS, SturdyApp } from './support/sturdy-app.js';
import { json, jsonText, percentEncoded, text } from './support/values.js';

const READ = [
  '/chatkit/admin/organisation',
  '/chatkit/admin/usage',
  '/chatkit/admin/feedback',
  '/chatkit/admin/feedback/days',
  '/chatkit/admin/documents',
  '/chatkit/admin/audit',
  '/chatkit/operator/tenants',
  '/chatkit/operator/tenants/org_aurora',
  '/chatkit/operator/migrations',
  '/auth/me',
  '/auth/session',
  '/auth/login',
  '/auth/callback',
  '/health',
  '/health/live',
  '/health/ready',
  '/api/docs-json',
] as const;
const PARAMETERS = [
  'from',
  'to',
  'action',
  'groupBy',
  'kind',
  'after',
  'limit',
  'search',
  'return_to',
  'state',
  'code',
  'token',
  'user',
];

/** What a parameter may hold: anything, something near to what it is for, or several of them. */
const values = fc.oneof(
  text,
  fc.constantFrom('2026-01-01', '2026-01-31T00:00:00Z', 'day', 'user', 'positive', '10', '/', 'doc_'),
  json.map((value) => Buffer.from(jsonText(value)).toString('base64url')),
  fc
    .tuple(fc.oneof(text, fc.constant('2026-01-31T00:00:00.000000Z')), text, text, text)
    .map((cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url')),
);
const queries = fc
  .array(fc.tuple(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...PARAMETERS) }, text), values), {
    maxLength: 3,
  })
  .map(
    (pairs) =>
      `?${pairs.map(([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`).join('&')}`,
  );

const senderOf = (path: string) => (path.startsWith('/chatkit/operator') ? 'operator' : 'admin');

describe.each(['row', 'schema'])('The REST routes by %s, whatever they are sent,', (isolation) => {
  let server: SturdyApp;

  beforeAll(async () => {
    server = await SturdyApp.start(isolation);
  }, START_MS);
  afterAll(() => server?.close(), START_MS);

  it(
    'answer or refuse any query',
    async () => {
      await always('queries', fc.tuple(fc.constantFrom(...READ), queries), async ([path, query]) => {
        // without a client of its own this server signs nobody in
        const { status } = await server.ask(`${path}${query}`, { as: senderOf(path) });
        expect(status).not.toBe(500);
      });
    },
    patience('queries'),
  );

  it(
    'answer or refuse any path and method',
    async () => {
      const bases = fc.constantFrom(
        '/chatkit/',
        '/chatkit/admin/',
        '/chatkit/admin/documents/',
        '/chatkit/admin/feedback/',
        '/chatkit/operator/',
        '/chatkit/operator/tenants/',
        '/attachments/',
        '/health/',
        '/auth/',
      );
      const ends = fc.constantFrom('', '/upload', '/preview', '/suspend', '/resume', '/move');
      const methods = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS');
      const paths = fc.tuple(
        bases,
        fc.oneof(text.map(percentEncoded), fc.constantFrom('%', '%zz', '%ff')),
        ends,
      );
      await always('paths', fc.tuple(methods, paths), async ([method, path]) => {
        await server.ask(path.join(''), { method, as: senderOf(path[0]) });
      });
    },
    patience('paths'),
  );

  it('refuse null where operators may leave something out', async () => {
    const nothing = {
      tenants: { tenant_id: 'new', isolation: null },
      'tenants/org_aurora/erasures': { user_id: null },
    };
    for (const [path, body] of Object.entries(nothing)) {
      const headers = { 'content-type': 'application/json' };
      const sent = { as: 'operator', method: 'POST', headers, body: jsonText(body) } as const;
      expect((await server.ask(`/chatkit/operator/${path}`, sent)).status).toBe(400);
    }
  });

  it('harm nobody else', () => server.expectUnharmed(), START_MS);
});
