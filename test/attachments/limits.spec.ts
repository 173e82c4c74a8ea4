import { RawClient } from '../http/raw-client.js';
import { startAttachmentsApp, type AttachmentsApp } from './support/attachments-app.js';
import { message, NOTE, PDF, PNG, refusalOf, Uploader, type ClientFile } from './support/uploader.js';

const MAX_BYTES = 4096;
const ANNA = { tenant: 'acme', user: 'anna' };

describe('uploads are refused', () => {
  let app: AttachmentsApp;
  let anna: Uploader;

  beforeAll(async () => {
    app = await startAttachmentsApp({
      CHATKIT_ATTACHMENTS_MAX_BYTES: String(MAX_BYTES),
      CHATKIT_ATTACHMENTS_PER_MESSAGE: '2',
      CHATKIT_ATTACHMENTS_WAITING: '5',
    });
    anna = await Uploader.of(app, ANNA);
  });
  afterAll(() => app.close());

  let member = 0;
  /** Somebody whose files nobody has counted yet. */
  const someone = (): Promise<Uploader> =>
    Uploader.of(app, { tenant: 'acme', user: `member${(member += 1)}` });

  it.each([0, 1, 20_000])('when they are %i bytes too large, and exactly then', async (excess) => {
    const file: ClientFile = { ...NOTE, content: 'x'.repeat(MAX_BYTES + excess) };
    const user = await someone();
    const tooLarge = {
      status: 413,
      code: 'payload_too_large',
      message: 'file: larger than 4096 bytes',
      field: 'file',
    };
    const announced = await user.announce(file, 1);
    const answers = [
      await user.direct(file),
      await user.upload(announced, file, 'PUT'),
      await user.upload(await user.announce(file, 1), file, 'POST'),
    ];
    for (const answer of answers) {
      if (excess === 0) expect(answer.status).toBe(200);
      else expect(await refusalOf(answer)).toEqual(tooLarge);
    }
  });

  it('when they are announced as too large', async () => {
    const params = { name: 'a.txt', mime_type: 'text/plain', size: MAX_BYTES + 1 };
    expect(await anna.chat.refusal({ type: 'attachments.create', params })).toMatchObject({
      status: 400,
      field: 'params.size',
    });
  });

  it.each([
    ['a page', { name: 'a.html', type: 'text/html', content: '<script>alert(1)</script>' }],
    ['a drawing that may hold scripts', { name: 'a.svg', type: 'image/svg+xml', content: '<svg/>' }],
    ['a program', { name: 'a.exe', type: 'application/x-msdownload', content: 'MZ' }],
    ['something unknown', { name: 'a.bin', type: '', content: 'x' }],
  ])('when they are %s', async (_, file) => {
    const refusal = { status: 400, code: 'invalid_request' };
    expect(await refusalOf(await anna.direct(file))).toMatchObject({ ...refusal, field: 'file' });
    const params = { name: file.name, mime_type: file.type, size: 1 };
    expect(await anna.chat.refusal({ type: 'attachments.create', params })).toMatchObject({
      ...refusal,
      field: 'params.mime_type',
    });
  });

  it.each([
    ['a page that claims to be an image', { ...PNG, content: '<html><script>alert(1)</script></html>' }],
    ['a document that claims to be an image', { ...PNG, content: PDF.content }],
    ['an image that claims to be text', { ...NOTE, content: PNG.content }],
    ['text with NUL', { ...NOTE, content: 'a\0b' }],
    ['text that is no UTF-8', { ...NOTE, content: Uint8Array.of(0x61, 0xff, 0x62) }],
    ['text that ends within a character', { ...NOTE, content: Uint8Array.of(0x61, 0xe2, 0x82) }],
    ['an image that claims to be a document', { ...PDF, content: PNG.content }],
    ['nothing', { ...NOTE, content: '' }],
  ])('when their content is %s', async (_, file) => {
    const user = await someone();
    for (const answer of [await user.direct(file), await user.upload(await user.announce(file), file)]) {
      expect(await refusalOf(answer)).toMatchObject({ status: 400, code: 'invalid_request', field: 'file' });
    }
  });

  it.each([
    ['notes.md', '', 'text/markdown'],
    ['table.CSV', 'application/octet-stream', 'text/csv'],
    ['a.txt', 'Text/Plain; charset=utf-8', 'text/plain'],
  ])('but not for a vague type: %s of type %j is %s', async (name, type, expected) => {
    const user = await someone();
    const attachment = await user.attach({ name, type, content: 'x' });
    expect(attachment.mime_type).toBe(expected);
  });

  it('when the form has no file, or has it in another field', async () => {
    const user = await someone();
    expect(await refusalOf(await user.direct(NOTE, {}, 'files'))).toMatchObject({
      status: 400,
      field: 'file',
    });
    const url = app.reach((await user.announce(NOTE)).upload_descriptor?.url ?? '');
    const empty = new FormData();
    empty.set('other', 'text');
    expect(await refusalOf(await fetch(url, { method: 'POST', body: empty }))).toMatchObject({
      status: 400,
      message: 'file: missing',
      field: 'file',
    });
    const json = await fetch(url, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(json.status).toBe(415);
  });

  it('when the client does not go on sending', async () => {
    const hasty = await startAttachmentsApp({ CHATKIT_ATTACHMENTS_UPLOAD_TIMEOUT_MS: '200' });
    const announced = await (await Uploader.of(hasty, ANNA)).announce(NOTE);
    const { pathname, search } = new URL(announced.upload_descriptor?.url ?? '');
    const client = await RawClient.connect(Number(new URL(hasty.url).port));
    client.send(`PUT ${pathname}${search} HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\nabc`);
    const text = await client.until((received) => received.includes('request_timeout'));
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    client.leave();
    await hasty.close();
  });

  it('when a form does not say how long it is', async () => {
    const { pathname, search } = new URL(
      (await (await someone()).announce(NOTE)).upload_descriptor?.url ?? '',
    );
    const client = await RawClient.connect(Number(new URL(app.url).port));
    client.send(
      `POST ${pathname}${search} HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n` +
        'Content-Type: multipart/form-data; boundary=x\r\n\r\n',
    );
    expect(await client.until((received) => received.includes('length_required'))).toMatch(
      /^HTTP\/1\.1 411 /,
    );
    client.leave();
  });

  it('when too many wait to be sent, until some are sent or removed', async () => {
    const user = await someone();
    const waiting = [];
    for (let count = 0; count < 5; count += 1) waiting.push(await user.attach(NOTE));
    expect(await refusalOf(await user.direct(NOTE))).toMatchObject({ status: 409, code: 'invalid_state' });
    const [first, second] = waiting;
    if (first === undefined || second === undefined) throw new Error('Nothing waits');
    await user.send('One', [first]);
    await user.chat.json('attachments.delete', { attachment_id: second.id });
    expect((await user.direct(NOTE)).status).toBe(200);
    expect((await user.announce(NOTE)).id).not.toBe('');
    expect((await user.direct(NOTE)).status).toBe(409);
  });

  it('and so is a message that carries too many, before anything of it is stored', async () => {
    const user = await someone();
    const files = [await user.attach(NOTE), await user.attach(NOTE), await user.attach(NOTE)];
    expect(await user.chat.refusal(message('All', files))).toEqual({
      status: 400,
      code: 'invalid_request',
      message: 'params.input.attachments: Too big: expected at most 2 entries',
      field: 'params.input.attachments',
    });
    expect((await user.chat.threads()).data).toEqual([]);
  });

  it('leaving nothing behind', async () => {
    const before = await app.files();
    await (await someone()).direct({ ...PNG, content: 'no image' });
    expect(await app.files()).toEqual(before);
  });
});
