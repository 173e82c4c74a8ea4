import * as fc from 'fast-check';
import type { Attachment } from '../../src/chatkit/core/index.js';
import { ChatClient } from '../app/support/chat-client.js';
import { PNG } from '../attachments/support/uploader.js';
import { archives } from './support/archives.js';
import { files, formFields, formOf } from './support/files.js';
import { rawForms } from './support/multipart.js';
import { always, patience } from './support/runs.js';
import { START_MS, SturdyApp } from './support/sturdy-app.js';
import { jsonText, percentEncoded, text } from './support/values.js';

describe.each(['row', 'schema'])('Uploads by %s, whatever they are,', (isolation) => {
  let server: SturdyApp;
  let ada: ChatClient;

  beforeAll(async () => {
    server = await SturdyApp.start(isolation);
    ada = await ChatClient.of(server.app.url, { tenant: 'org_aurora', user: 'ada' });
  }, START_MS);
  afterAll(() => server?.close(), START_MS);

  it(
    'are taken or refused where they are documents',
    async () => {
      await always('documents', fc.tuple(files, formFields), async ([file, others]) => {
        const body = formOf(file, others);
        await server.ask('/chatkit/admin/documents', { method: 'POST', body });
      });
    },
    patience('documents'),
  );

  it(
    'are taken or refused where they are files of a message',
    async () => {
      const { name, type, content } = PNG;
      const announced = (): Promise<Attachment> =>
        ada.json('attachments.create', { name, size: content.length, mime_type: type });
      await always('files', fc.tuple(files, text, fc.boolean()), async ([file, junk, genuine]) => {
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
    patience('files', 4),
  );

  it(
    'are refused where they are forms that are none',
    async () => {
      const none = fc
        .tuple(fc.constantFrom('multipart/form-data', 'application/json', 'text/plain'), text)
        .map(([type, value]) => ({ type, body: Buffer.from(value) }));
      const forms = fc.oneof({ weight: 4, arbitrary: rawForms }, { weight: 1, arbitrary: none });
      const paths = fc.constantFrom('/chatkit/admin/documents', '/attachments');
      await always('forms', fc.tuple(paths, forms), async ([path, { type, body }]) => {
        await server.ask(path, { method: 'POST', headers: { 'content-type': type }, body });
      });
    },
    patience('forms'),
  );

  it(
    'are read or refused where they are archives and documents that somebody has damaged',
    async () => {
      await always('archives', archives, async ({ bytes, filename }) => {
        const body = formOf([bytes, filename, 'application/octet-stream']);
        await server.ask('/chatkit/admin/documents', { method: 'POST', body });
      });
    },
    patience('archives', 5),
  );

  it('harm nobody else', () => server.expectUnharmed(), START_MS);
});
