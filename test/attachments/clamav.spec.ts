import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CapturedLogs } from '../agents/support/logs.js';
import { eventually } from '../app/support/eventually.js';
import { startAttachmentsApp, type AttachmentsApp } from './support/attachments-app.js';
import { ClamAvScanner } from './support/clamav-scanner.js';
import { Clamd, EICAR } from './support/clamd.js';
import { NOTE, PNG, refusalOf, Uploader } from './support/uploader.js';

describe('the scanner of docs/extending.md, which asks clamd', () => {
  let clamd: Clamd;
  let app: AttachmentsApp;
  let anna: Uploader;

  beforeAll(async () => {
    clamd = await Clamd.start();
    const scanner = new ClamAvScanner('127.0.0.1', clamd.port);
    app = await startAttachmentsApp({}, undefined, { scanner });
    anna = await Uploader.of(app, { tenant: 'acme', user: 'anna' });
  });
  afterAll(() => app.close());

  it('stands there as it is tried here', async () => {
    const [docs, source] = await Promise.all([
      readFile(join(import.meta.dirname, '../../docs/extending.md'), 'utf8'),
      readFile(join(import.meta.dirname, 'support/clamav-scanner.ts'), 'utf8'),
    ]);
    expect(docs).toContain(
      `\n\`\`\`ts\n${source.replace('../../../src/entries/attachments.js', 'nestjs-chatkit/attachments')}\`\`\`\n`,
    );
  });

  it('lets pass what is clean, having sent all of it', async () => {
    const content = 'A long text. '.repeat(50_000);
    expect((await anna.direct({ ...NOTE, content })).status).toBe(200);
    expect(clamd.received === content).toBe(true);
    expect((await anna.direct(PNG)).status).toBe(200);
  });

  it('has refused what is not, and logs what was found', async () => {
    using logs = new CapturedLogs();
    const before = await app.files();
    const content = `${'A long text. '.repeat(50_000)}${EICAR}`;
    expect(await refusalOf(await anna.direct({ ...NOTE, content }))).toMatchObject({
      status: 422,
      code: 'file_refused',
      field: 'file',
    });
    expect(logs.text).toContain("reason: 'Eicar-Test-Signature'");
    expect(await app.files()).toEqual(before);
  });

  it.each(['INSTREAM size limit exceeded. ERROR\0', 'stream: OK', '', 'stream: OK\0stream: X FOUND\0'])(
    'lets nothing pass when clamd answers %j',
    async (answer) => {
      clamd.answer = answer;
      expect((await anna.direct(NOTE)).status).toBe(503);
      clamd.answer = undefined;
    },
  );

  it('hangs up when the time is over', async () => {
    clamd.silent = true;
    const response = anna.direct(NOTE);
    await eventually('clamd has the file', () => clamd.waiting.size === 1);
    app.clock.wake();
    expect((await response).status).toBe(503);
    await eventually('clamd is left alone', () => clamd.waiting.size === 0);
    clamd.silent = false;
  });

  it('lets nothing pass while clamd is away', async () => {
    await clamd[Symbol.asyncDispose]();
    expect((await anna.direct(NOTE)).status).toBe(503);
  });
});
