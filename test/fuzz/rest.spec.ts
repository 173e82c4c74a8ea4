import * as fc from 'fast-check';
import type { Attachment } from '../../src/chatkit/core/index.js';
import { ChatClient } from '../app/support/chat-client.js';
import { PNG } from '../attachments/support/uploader.js';
import { always, patience } from './support/runs.js';
import { SturdyApp } from './support/sturdy-app.js';
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
  '/chatkit/operator/tenants/org_aurora/export',
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

/** Bytes of a file, from nothing like a document to almost one. */
const contents = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  text.map((value) => Buffer.from(value)),
  fc
    .tuple(fc.constantFrom('%PDF-1.4\n', '%PDF-1.7\n1 0 obj<<', '\u0089PNG\r\n'), text)
    .map((parts) => Buffer.from(parts.join(''))),
  fc
    .array(
      fc.oneof(
        text,
        fc.constantFrom(
          '<table>',
          '<tr>',
          '<h1>',
          '</table>',
          '<html>',
          '<main>',
          '<ul><li>',
          '<pre>',
          '# ',
          '> ',
          '|a|b|\n|-|-|\n',
        ),
        fc
          .tuple(
            fc.constantFrom('colspan', 'rowspan'),
            fc.constantFrom('-1', '0', '2', '1e9', '100000', 'NaN', '0.5', 'Infinity'),
          )
          .map(([name, span]) => `<td ${name}=${span}>cell`),
      ),
      { maxLength: 20 },
    )
    .map((parts) => Buffer.from(`<html><body>${parts.join('')}`)),
  fc
    .constantFrom('<div>', '> ', '- ', '[', '*', '<table><tr><td>')
    .map((piece) => Buffer.from(piece.repeat(5000))),
);
const filenames = fc.oneof(
  text,
  fc.constantFrom('a.html', 'a.md', 'a.txt', 'a.pdf', '.', '/', 'a/../b.md', 'a.png'),
);
const fields = fc.array(
  fc.tuple(
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom('source', 'title', 'url', 'language') }, text),
    fc.oneof(
      text,
      text.map((value) => `https://a.example/${value}`),
      fc.constantFrom('german', 'simple', 'klingon'),
    ),
  ),
  { maxLength: 3 },
);
type File = readonly [content: Uint8Array, name: string, type: string];
const files: fc.Arbitrary<File> = fc.tuple(
  contents,
  filenames,
  fc.oneof(fc.constantFrom('text/plain', 'image/png', 'application/json', 'application/pdf', ''), text),
);

const senderOf = (path: string) => (path.startsWith('/chatkit/operator') ? 'operator' : 'admin');

function formOf([content, name, type]: File, others: readonly (readonly [string, string])[] = []): FormData {
  const form = new FormData();
  for (const [field, value] of others) form.append(field, value);
  form.append('file', new Blob([new Uint8Array(content)], { type }), name);
  return form;
}

describe.each(['row', 'schema'])('The REST routes by %s, whatever they are sent,', (isolation) => {
  let server: SturdyApp;
  let ada: ChatClient;

  beforeAll(async () => {
    server = await SturdyApp.start(isolation);
    ada = await ChatClient.of(server.app.url, { tenant: 'org_aurora', user: 'ada' });
  });
  afterAll(() => server?.close());

  it(
    'answer or refuse any query',
    async () => {
      await always(150, fc.tuple(fc.constantFrom(...READ), queries), async ([path, query]) => {
        // without a client of its own this server signs nobody in
        const { status } = await server.ask(`${path}${query}`, { as: senderOf(path) });
        expect(status).not.toBe(500);
      });
    },
    patience(150),
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
      await always(120, fc.tuple(methods, paths), async ([method, path]) => {
        await server.ask(path.join(''), { method, as: senderOf(path[0]) });
      });
    },
    patience(120),
  );

  it(
    'take or refuse any instructions',
    async () => {
      const bodies = fc.oneof(
        fc
          .oneof(
            json,
            json.map((instructions) => ({ instructions })),
          )
          .map(jsonText),
        text.map((value) => value.toWellFormed()),
        fc.constant(`{"instructions":${'['.repeat(5000)}${']'.repeat(5000)}}`),
      );
      await always(80, bodies, async (body) => {
        const headers = { 'content-type': 'application/json' };
        await server.ask('/chatkit/admin/organisation', { method: 'PUT', headers, body });
      });
    },
    patience(80),
  );

  it(
    'take or refuse whatever operators send',
    async () => {
      const paths = fc.constantFrom(
        'tenants',
        'tenants/org_aurora/move',
        'tenants/org_aurora/resume',
        'tenants/unknown/suspend',
        'migrations',
      );
      const isolations = fc.oneof(fc.constantFrom('row', 'schema'), json);
      const bodies = fc.oneof(
        json,
        fc.record({ tenant_id: fc.oneof(text, json), isolation: isolations }, { requiredKeys: [] }),
        fc.record({ to: isolations }),
        fc.record({ at_once: json, attempts: json }, { requiredKeys: [] }),
      );
      await always(80, fc.tuple(paths, bodies.map(jsonText)), async ([path, body]) => {
        const headers = { 'content-type': 'application/json' };
        await server.ask(`/chatkit/operator/${path}`, { as: 'operator', method: 'POST', headers, body });
      });
      const nothing = {
        tenants: { tenant_id: 'new', isolation: null },
        'tenants/org_aurora/erasures': { user_id: null },
      };
      for (const [path, body] of Object.entries(nothing)) {
        const headers = { 'content-type': 'application/json' };
        const sent = { as: 'operator', method: 'POST', headers, body: jsonText(body) } as const;
        expect((await server.ask(`/chatkit/operator/${path}`, sent)).status).toBe(400);
      }
      expect((await server.ask('/chatkit/admin/organisation')).status).toBe(200);
    },
    patience(240),
  );

  it(
    'take or refuse any document',
    async () => {
      await always(80, fc.tuple(files, fields), async ([file, others]) => {
        const body = formOf(file, others);
        await server.ask('/chatkit/admin/documents', { method: 'POST', body });
      });
    },
    patience(80),
  );

  it(
    'take or refuse any file',
    async () => {
      const { name, type, content } = PNG;
      const announced = (): Promise<Attachment> =>
        ada.json('attachments.create', { name, size: content.length, mime_type: type });
      await always(60, fc.tuple(files, text, fc.boolean()), async ([file, junk, genuine]) => {
        await server.ask('/attachments', { method: 'POST', body: formOf(file) });
        const attachment = await announced();
        const link = new URL(attachment.upload_descriptor?.url ?? '');
        const path = genuine
          ? `${link.pathname}${link.search}`
          : `${link.pathname}?token=${percentEncoded(junk)}`;
        await server.ask(path, { method: 'POST', body: formOf(file) });
        await server.ask(path, { method: 'PUT', body: new Uint8Array(file[0]) });
        await server.chat(jsonText({ type: 'attachments.delete', params: { attachment_id: attachment.id } }));
      });
    },
    patience(120),
  );

  it(
    'refuse forms that are none',
    async () => {
      const types = fc.constantFrom(
        'multipart/form-data',
        'multipart/form-data; boundary=x',
        'application/json',
        'text/plain',
      );
      const bodies = fc.oneof(
        text.map((value) => value.toWellFormed()),
        text.map(
          (value) =>
            `--x\r\nContent-Disposition: form-data; name="${value.toWellFormed()}"\r\n\r\nv\r\n--x--\r\n`,
        ),
      );
      const paths = fc.constantFrom('/chatkit/admin/documents', '/attachments');
      await always(60, fc.tuple(paths, types, bodies), async ([path, type, body]) => {
        await server.ask(path, { method: 'POST', headers: { 'content-type': type }, body });
      });
    },
    patience(60),
  );
});
