import type { Attachment } from '../../src/chatkit/core/index.js';
import { CapturedLogs } from '../agents/support/logs.js';
import { eventually } from '../app/support/eventually.js';
import { startAttachmentsApp, type AttachmentsApp } from './support/attachments-app.js';
import { TestScanner } from './support/test-scanner.js';
import { message, NOTE, refusalOf, Uploader, type ClientFile } from './support/uploader.js';

const ANNA = { tenant: 'acme', user: 'anna' };
const CLEAN = { clean: true } as const;
const REFUSED = {
  status: 422,
  code: 'file_refused',
  message: 'This file is not accepted: it may be harmful',
  field: 'file',
};
const UNCHECKED = {
  status: 503,
  code: 'chat_unavailable',
  message: 'Files cannot be checked at the moment',
};

/** All ways in which a file comes. */
const WAYS: readonly (readonly [string, (user: Uploader, file: ClientFile) => Promise<Response>])[] = [
  ['in one request', (user, file) => user.direct(file)],
  ['in two phases by POST', async (user, file) => user.upload(await user.announce(file), file, 'POST')],
  ['in two phases by PUT', async (user, file) => user.upload(await user.announce(file), file, 'PUT')],
];

describe('a scanner', () => {
  let app: AttachmentsApp;
  let anna: Uploader;
  let scanner: TestScanner;

  beforeAll(async () => {
    scanner = new TestScanner();
    app = await startAttachmentsApp({}, undefined, { scanner });
    anna = await Uploader.of(app, ANNA);
  });
  afterEach(() => scanner.settle());
  afterAll(() => app.close());

  async function health(): Promise<unknown> {
    const { details } = (await (await fetch(`${app.url}/health`)).json()) as {
      details: Record<string, unknown>;
    };
    return details['attachments'];
  }

  /** How sending the file is refused. */
  async function sending(id: string): Promise<unknown> {
    const { threadId } = await anna.chat.create('Hello');
    return anna.chat.refusal(message('Read it', [{ id }], threadId));
  }

  const nothingLeft = (): Promise<unknown> =>
    eventually('what came in is removed', async () => (await app.incoming()).length === 0);

  it.each(WAYS)('sees a file that comes %s before it is kept', async (_, send) => {
    const before = await app.files();
    const response = send(anna, NOTE);
    const asked = await scanner.next();
    expect(asked.file).toEqual({
      attachmentId: expect.stringMatching(/^atc_/),
      path: expect.stringContaining(app.directory),
      name: NOTE.name,
      type: NOTE.type,
      size: NOTE.content.length,
      tenantId: 'acme',
      userId: 'anna',
    });
    expect(asked.content.toString()).toBe(NOTE.content);
    expect(await app.files()).toEqual(before);
    expect(await sending(asked.file.attachmentId)).toMatchObject({ status: 404 });

    asked.answer(CLEAN);
    const attachment = (await (await response).json()) as Attachment;
    expect(attachment.id).toBe(asked.file.attachmentId);
    expect(await app.files()).toHaveLength(before.length + 1);
    expect((await anna.send('Read it', [attachment])).items[0]).toMatchObject({ attachments: [{}] });
    expect(asked.signal.aborted).toBe(false);
  });

  it.each(WAYS)('has a file refused that comes %s, and tells the log alone why', async (_, send) => {
    using logs = new CapturedLogs();
    const before = await app.files();
    const response = send(anna, { ...NOTE, name: 'private.txt' });
    const { file, answer } = await scanner.next();
    answer({ clean: false, reason: 'Some.Virus' });
    expect(await refusalOf(await response)).toEqual(REFUSED);
    expect(logs.text).toMatch(/a file was refused.*correlationId: '.*reason: 'Some\.Virus'/s);
    expect(logs.text).toContain(file.attachmentId);
    expect(logs.text).not.toMatch(/private|heron/);
    expect(await app.files()).toEqual(before);
    await nothingLeft();
    expect(await sending(file.attachmentId)).toMatchObject({ status: 404 });
  });

  it('is not asked about what is refused without it', async () => {
    const before = scanner.asked.length;
    expect((await anna.direct({ ...NOTE, content: 'a\0b' })).status).toBe(400);
    expect(scanner.asked).toHaveLength(before);
  });

  it.each(WAYS)('that fails lets no file in %s, until it works again', async (_, send) => {
    const before = await app.files();
    const response = send(anna, NOTE);
    const asked = await scanner.next();
    asked.fail(Object.assign(new Error('connect 10.0.0.7:3310'), { code: 'ECONNREFUSED' }));
    const refusal = await response;
    expect(refusal.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await refusalOf(refusal)).toEqual(UNCHECKED);
    expect(await app.files()).toEqual(before);
    await nothingLeft();
    expect(await health()).toEqual({
      status: 'degraded',
      kind: 'folder',
      lastError: { reason: 'scanner: ECONNREFUSED', at: expect.stringMatching(/Z$/) },
    });

    const again = send(anna, NOTE);
    (await scanner.next()).answer(CLEAN);
    expect((await again).status).toBe(200);
    expect(await health()).toEqual({ status: 'up', kind: 'folder' });
  });

  it.each([undefined, null, {}, { clean: 'yes' }, 'OK'])('that answers %j has failed', async (verdict) => {
    const response = anna.direct(NOTE);
    (await scanner.next()).answer(verdict as never);
    expect(await refusalOf(await response)).toEqual(UNCHECKED);
  });

  it.each(WAYS)('that does not answer in time lets no file in %s, and is told to stop', async (_, send) => {
    const before = await app.files();
    const response = send(anna, NOTE);
    const { signal, answer } = await scanner.next();
    app.clock.wake();
    expect(await refusalOf(await response)).toEqual(UNCHECKED);
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
    expect(await health()).toMatchObject({ lastError: { reason: 'scanner: TimeoutError' } });
    answer(CLEAN);
    await nothingLeft();
    expect(await app.files()).toEqual(before);
  });

  it('is told to stop when the client leaves, whose file is gone then', async () => {
    const again = anna.direct(NOTE);
    (await scanner.next()).answer(CLEAN);
    await again;
    const before = await app.files();
    const client = new AbortController();
    const left = anna.direct(NOTE, {}, 'file', client.signal).catch((error: unknown) => error);
    const { signal, answer } = await scanner.next();
    client.abort();
    expect(await left).toMatchObject({ name: 'AbortError' });
    await eventually('the scanner is told', () => signal.aborted);
    await nothingLeft();
    answer(CLEAN);
    expect(await app.files()).toEqual(before);
    expect(await health()).toEqual({ status: 'up', kind: 'folder' });
  });

  it('looks at several files at once, and answers about each', async () => {
    const bad = anna.direct({ ...NOTE, content: 'bad' });
    const first = await scanner.next();
    const good = anna.direct(NOTE);
    const second = await scanner.next();
    second.answer(CLEAN);
    expect((await good).status).toBe(200);
    first.answer({ clean: false, reason: 'bad' });
    expect((await bad).status).toBe(422);
  });

  it('leaves turns to others while one user has many files', async () => {
    const many = [anna.direct(NOTE), anna.direct(NOTE), anna.direct(NOTE)];
    const asked = [await scanner.next(), await scanner.next()];
    const bert = (await Uploader.of(app, { tenant: 'acme', user: 'bert' })).direct(NOTE);
    const others = await scanner.next();
    expect(others.file.userId).toBe('bert');
    others.answer(CLEAN);
    expect((await bert).status).toBe(200);
    for (const { file, answer } of asked) {
      expect(file.userId).toBe('anna');
      answer(CLEAN);
    }
    (await scanner.next()).answer(CLEAN);
    for (const response of many) expect((await response).status).toBe(200);
  });
});

describe('a scanner that looks at one file at a time', () => {
  let app: AttachmentsApp;
  let anna: Uploader;
  let scanner: TestScanner;

  beforeAll(async () => {
    scanner = new TestScanner();
    app = await startAttachmentsApp({ CHATKIT_ATTACHMENTS_SCANS: '1' }, undefined, { scanner });
    anna = await Uploader.of(app, ANNA);
  });
  afterEach(() => scanner.settle());
  afterAll(() => app.close());

  it('is asked about the next when it has answered', async () => {
    const responses = [anna.direct(NOTE), anna.direct(NOTE)];
    const first = await scanner.next();
    await eventually('both have come in', async () => (await app.incoming()).length === 2);
    first.answer(CLEAN);
    (await scanner.next()).answer(CLEAN);
    for (const response of responses) expect((await response).status).toBe(200);
    expect(scanner.mostAtOnce).toBe(1);
  });

  it('is asked nothing more when the client leaves, while it goes on with its file', async () => {
    const client = new AbortController();
    const left = anna.direct(NOTE, {}, 'file', client.signal).catch(() => undefined);
    const { signal, answer } = await scanner.next();
    client.abort();
    await left;
    await eventually('the scanner is told', () => signal.aborted);
    await eventually('the file is removed', async () => (await app.incoming()).length === 0);

    const waiting = anna.direct(NOTE);
    await eventually('the next has come in', async () => (await app.incoming()).length === 1);
    answer(CLEAN);
    (await scanner.next()).answer(CLEAN);
    expect((await waiting).status).toBe(200);
    expect(scanner.mostAtOnce).toBe(1);
  });

  it('is asked about the next when the time for the one before is over', async () => {
    const hanging = anna.direct(NOTE);
    await scanner.next();
    app.clock.wake();
    expect(await refusalOf(await hanging)).toEqual(UNCHECKED);
    const next = anna.direct(NOTE);
    (await scanner.next()).answer(CLEAN);
    expect((await next).status).toBe(200);
  });
});
