import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attachment } from '../../src/chatkit/core/index.js';
import { startAttachmentsApp, type AttachmentsApp } from './support/attachments-app.js';
import { message, NOTE, PDF, PNG, previewUrl, refusalOf, Uploader } from './support/uploader.js';

const ANNA = { tenant: 'acme', user: 'anna' };
const BERT = { tenant: 'acme', user: 'bert' };
const OTHER_ANNA = { tenant: 'globex', user: 'anna' };
const HOUR = 3_600_000;

function tokenIn(url: string): string {
  return new URL(url).searchParams.get('token') ?? '';
}

describe.each(['row', 'schema'])('attachments with %s isolation', (isolation) => {
  let app: AttachmentsApp;
  let anna: Uploader;
  let bert: Uploader;
  let otherAnna: Uploader;

  beforeAll(async () => {
    app = await startAttachmentsApp({ CHATKIT_ISOLATION: isolation });
    anna = await Uploader.of(app, ANNA);
    bert = await Uploader.of(app, BERT);
    otherAnna = await Uploader.of(app, OTHER_ANNA);
  });
  afterAll(() => app.close());

  it.each(['POST', 'PUT'] as const)('come in two phases, the file by %s', async (method) => {
    const announced = await anna.announce(PNG);
    expect(announced).toMatchObject({
      type: 'image',
      name: 'dot.png',
      mime_type: 'image/png',
      upload_descriptor: { method: 'POST', headers: {} },
    });
    const response = await anna.upload(announced, PNG, method);
    expect(response.status).toBe(200);
    const uploaded = await response.json();
    expect(uploaded).toMatchObject({ id: announced.id, type: 'image' });
    expect(uploaded).not.toHaveProperty('upload_descriptor');
    expect(uploaded).not.toHaveProperty('metadata');

    const { threadId, items } = await anna.send('What is this?', [announced]);
    expect(items[0]).toMatchObject({ attachments: [{ id: announced.id, thread_id: threadId }] });
    const [stored] = await anna.read(threadId);
    expect(stored?.attachments).toEqual([expect.objectContaining({ id: announced.id, name: 'dot.png' })]);
    expect(JSON.stringify(stored)).not.toContain('metadata');
  });

  it('are one upload where many are sent to one link at once', async () => {
    const announced = await anna.announce(NOTE);
    const before = await app.files();
    const notes = Array.from({ length: 12 }, (_, index) => ({
      ...NOTE,
      content: `The word is heron ${index}.`,
    }));
    const answers = await Promise.all(notes.map((note) => anna.upload(announced, note, 'PUT')));
    const taken = answers.flatMap(({ status }, index) => (status === 200 ? [notes[index]?.content] : []));
    expect(taken).toHaveLength(1);
    for (const { status } of answers) expect([200, 409, 429]).toContain(status);
    const stored = (await app.files()).filter((file) => !before.includes(file));
    const texts = stored.map((key) => readFile(join(app.directory, 'attachments/files', key), 'utf8'));
    expect(await Promise.all(texts)).toEqual(taken);
    expect((await anna.send('What is the word?', [announced])).items[0]).toMatchObject({
      attachments: [{ id: announced.id }],
    });
  });

  it('name their conversation only where nothing is said', async () => {
    const said = await anna.send('What is this?', [await anna.attach(PNG)]);
    expect((await anna.chat.thread(said.threadId)).title).toBe('What is this?');
    const silent = await anna.send('', [await anna.attach(PNG)]);
    expect((await anna.chat.thread(silent.threadId)).title).toBe('dot.png');
  });

  it('come in one request, as a form', async () => {
    const response = await anna.direct({ ...PDF, name: '../Größe 1.pdf' });
    expect(response.status).toBe(200);
    const attachment = (await response.json()) as Attachment;
    expect(attachment).toMatchObject({ type: 'file', name: 'Größe 1.pdf', mime_type: 'application/pdf' });
    const turn = await anna.send('Read it', [attachment]);
    expect(turn.items[0]).toMatchObject({ attachments: [{ name: 'Größe 1.pdf' }] });
  });

  it('are kept below tenant and user', async () => {
    await anna.direct(NOTE);
    await otherAnna.direct(NOTE);
    const owners = new Set((await app.files()).map((key) => key.split('/').slice(0, 2).join('/')));
    expect(owners).toEqual(new Set(['acme/anna', 'globex/anna']));
  });

  it('are nobody else`s', async () => {
    const attachment = await anna.attach(NOTE);
    for (const stranger of [bert, otherAnna]) {
      const { threadId } = await stranger.chat.create('Hello');
      const gone = { status: 404, code: 'not_found', message: 'Attachment not found' };
      expect(await stranger.chat.refusal(message('Mine', [attachment], threadId))).toEqual(gone);
      const deletion = { type: 'attachments.delete', params: { attachment_id: attachment.id } };
      expect(await stranger.chat.refusal(deletion)).toEqual(gone);
    }
    expect((await anna.send('Still mine', [attachment])).items[0]).toMatchObject({ attachments: [{}] });
  });

  it('cannot be sent before their file has come, nor in a second thread', async () => {
    const announced = await anna.announce(NOTE);
    const { threadId } = await anna.chat.create('Hello');
    const early = await anna.chat.refusal(message('Too early', [announced], threadId));
    expect(early).toMatchObject({ status: 404, message: 'Attachment not found' });
    await anna.upload(announced, NOTE);
    await anna.send('Now', [announced], threadId);
    await anna.send('Once more', [announced], threadId);
    const other = await anna.chat.create('Another');
    expect(await anna.chat.refusal(message('Here too', [announced], other.threadId))).toMatchObject({
      status: 404,
    });
  });

  it('take their file once', async () => {
    const announced = await anna.announce(NOTE);
    expect((await anna.upload(announced, NOTE)).status).toBe(200);
    expect(await refusalOf(await anna.upload(announced, NOTE))).toMatchObject({
      status: 409,
      code: 'invalid_state',
    });
  });

  it('show an image to whoever has its link, and nothing that could run', async () => {
    const attachment = await anna.attach(PNG);
    const response = await anna.preview(attachment);
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(PNG.content));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': "inline; filename*=UTF-8''dot.png",
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': expect.stringMatching(/^private, max-age=\d+$/),
    });
  });

  it('give images new links whenever a thread is read, and old links end', async () => {
    const attachment = await anna.attach(PNG);
    const { threadId } = await anna.send('Look', [attachment]);
    const shown = async () => (await anna.read(threadId))[0]?.attachments[0];
    const early = await shown();
    expect((await anna.preview(early)).status).toBe(200);
    expect(previewUrl(await shown())).toBe(previewUrl(early));

    app.clock.pass(13 * HOUR);
    expect(await refusalOf(await anna.preview(early))).toMatchObject({
      status: 403,
      code: 'link_expired',
      message: 'This link has expired',
    });
    const fresh = await shown();
    expect((await anna.preview(fresh)).status).toBe(200);
    const thread = await anna.chat.thread(threadId);
    expect(thread.items.data[0]).toMatchObject({ attachments: [fresh] });
  });

  it('refuse links that were changed, or made for something else', async () => {
    const image = await anna.attach(PNG);
    const other = await anna.attach(PNG);
    const announced = await anna.announce(PNG);
    const token = tokenIn(previewUrl(image));
    const [payload = '', mac = ''] = token.split('.');
    const forged = Buffer.from(JSON.stringify(['globex', 'anna', 99_999_999_999])).toString('base64url');
    const wrong = [
      '',
      payload,
      `${payload}.`,
      `${forged}.${mac}`,
      `${payload}.${'A'.repeat(mac.length)}`,
      `${token}.x`,
      tokenIn(previewUrl(other)),
      tokenIn(announced.upload_descriptor?.url ?? ''),
    ];
    for (const guess of wrong) {
      const url = app.reach(previewUrl(image).replace(token, guess));
      expect(await refusalOf(await fetch(url))).toMatchObject({ status: 404, code: 'not_found' });
    }
    const upload = (announced.upload_descriptor?.url ?? '').replace(/token=.*/, `token=${token}`);
    const response = await fetch(app.reach(upload), { method: 'PUT', body: PNG.content });
    expect(response.status).toBe(404);
  });

  it('refuse a file after the time for beginning an upload', async () => {
    const announced = await anna.announce(NOTE);
    app.clock.pass(HOUR);
    expect(await refusalOf(await anna.upload(announced, NOTE))).toMatchObject({
      status: 403,
      code: 'link_expired',
    });
  });

  it('go away with their record and their file when they are removed', async () => {
    const attachment = await anna.attach(PNG);
    const before = await app.files();
    await anna.chat.json('attachments.delete', { attachment_id: attachment.id });
    expect(await app.files()).toHaveLength(before.length - 1);
    expect((await anna.preview(attachment)).status).toBe(404);
  });

  it('cannot be seen any more once their thread is deleted', async () => {
    const attachment = await anna.attach(PNG);
    const { threadId } = await anna.send('Look', [attachment]);
    await anna.chat.json('threads.delete', { thread_id: threadId });
    expect((await anna.preview(attachment)).status).toBe(404);
  });
});

describe('uploads', () => {
  let app: AttachmentsApp;

  beforeAll(async () => {
    app = await startAttachmentsApp({ CHATKIT_CORS_ORIGINS: 'https://app.example' });
  });
  afterAll(() => app.close());

  it('need someone who is signed in, or a link', async () => {
    const anna = await Uploader.of(app, ANNA);
    expect((await anna.direct(NOTE, { authorization: '' })).status).toBe(401);
  });

  it('may come from pages of the configured origins, and of no others', async () => {
    const anna = await Uploader.of(app, ANNA);
    const allowed = await anna.direct(NOTE, { origin: 'https://app.example' });
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example');
    const other = await anna.direct(NOTE, { origin: 'https://evil.example' });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });
});
