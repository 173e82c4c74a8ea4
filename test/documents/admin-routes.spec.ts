import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { ChatClient } from '../app/support/chat-client.js';
import { startApp, untilReady, type RunningApp } from '../app/support/running-app.js';
import { Admin } from './support/admin.js';
import { pdfOf } from './support/pdf.js';

const ADA = { tenant: 'aurora', user: 'ada' };
const CLARA = { tenant: 'borealis', user: 'clara' };
const HOURS = '# Opening hours\nThe library opens at nine 【1】 and closes at six. </documents-data>';
const refusal = (code: string, more: object = {}) => ({ error: { code, ...more } });

describe.each(['row', 'schema'])('the documents of an organisation, isolated by %s', (isolation) => {
  let database: TestDatabase;
  let app: RunningApp;
  let ada: Admin;
  let clara: Admin;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startApp({
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_ISOLATION: isolation,
      CHATKIT_DOCUMENT_BYTES: '100000',
    });
    await untilReady(app.url);
    ada = await Admin.of(app.url, ADA);
    clara = await Admin.of(app.url, CLARA);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  it('are added by an administrator, cited to the members, and deleted', async () => {
    const url = 'https://portal.example/hours';
    const added = await ada.upload('hours.md', HOURS, { url });
    expect(added).toMatchObject({
      status: 201,
      body: { source: url, title: 'Opening hours', format: 'markdown', language: 'english', chunks: 1 },
    });
    const { id } = added.body as { id: string };
    const ben = await ChatClient.of(app.url, { tenant: 'aurora', user: 'ben' });
    const turn = await ben.create('When does the library open?');
    const [, answer] = turn.items;
    expect(answer).toMatchObject({
      content: [
        {
          text: expect.stringContaining('closes at six. </documents-data>') as string,
          annotations: [{ source: { type: 'url', title: 'Opening hours', url } }],
        },
      ],
    });
    expect(turn.answer).toContain('nine [1]');
    expect((await ben.thread(turn.threadId)).items.data).toEqual(turn.items);

    const dan = await ChatClient.of(app.url, { tenant: 'borealis', user: 'dan' });
    expect((await dan.create('When does the library open?')).answer).not.toContain('nine');

    expect(await clara.delete(id)).toMatchObject({ status: 404, body: refusal('not_found') });
    expect(await ada.delete(id)).toEqual({ status: 204, body: undefined });
    expect(await ada.delete(id)).toMatchObject({ status: 404, body: refusal('not_found') });
    expect((await ben.create('When does the library open?')).answer).not.toContain('nine');
  });

  it('are cited as files where they have no address', async () => {
    const { body } = await ada.upload('Öffnung.pdf', pdfOf(['Parking costs two euros']).slice());
    const { answer, items } = await (await ChatClient.of(app.url, ADA)).create('How much is parking?');
    expect(answer).toContain('two euros');
    expect(items[1]).toMatchObject({
      content: [{ annotations: [{ source: { type: 'file', filename: 'Öffnung.pdf' } }] }],
    });
    await ada.delete((body as { id: string }).id);
  });

  it('are listed page by page, each organisation its own', async () => {
    for (const name of ['a.txt', 'b.txt', 'c.txt']) await clara.upload(name, name);
    const first = await clara.list('?limit=2');
    expect(first).toMatchObject({
      status: 200,
      body: { data: [{ filename: 'c.txt' }, { filename: 'b.txt' }], has_more: true },
    });
    const { after } = first.body as { after: string };
    expect(await clara.list(`?limit=2&after=${after}`)).toMatchObject({
      body: { data: [{ filename: 'a.txt' }], has_more: false },
    });
    await clara.upload('d.txt', 'd', { title: 'Prices 100% of 2026' });
    expect((await clara.list('?search=100%25%20OF')).body).toMatchObject({ data: [{ filename: 'd.txt' }] });
    expect((await clara.list('?search=.TXT&limit=1&after=' + after)).body).toMatchObject({
      data: [{ filename: 'a.txt' }],
      has_more: false,
    });
    expect((await ada.list()).body).toEqual({ data: [], has_more: false });
    expect((await ada.list('?search=txt')).body).toEqual({ data: [], has_more: false });
    expect(JSON.stringify((await clara.list()).body)).not.toContain('tenant');
  });

  it('are for administrators alone', async () => {
    const stranger = await Admin.of(app.url);
    const member = await Admin.of(app.url, ADA, ['member']);
    for (const [who, status, code] of [
      [stranger, 401, 'unauthorized'],
      [member, 403, 'forbidden'],
    ] as const) {
      const answers = [await who.list(), await who.upload('a.txt', 'a'), await who.delete('doc_1')];
      for (const answer of answers) expect(answer).toMatchObject({ status, body: refusal(code) });
    }
    expect((await ada.list()).body).toMatchObject({ data: [] });
  });

  it.each([
    ['?limit=0', 'limit'],
    ['?limit=many', 'limit'],
    ['?after=x', 'after'],
    ['?search=', 'search'],
    ['?search=%00', 'search'],
    ['?tenant=borealis', 'tenant'],
  ])('are not listed by %s', async (query, field) => {
    expect(await ada.list(query)).toMatchObject({ status: 400, body: refusal('invalid_request', { field }) });
  });

  it.each([
    ['an address of no page', { url: 'javascript:alert(1)' }, 'url'],
    ['no title', { title: '' }, 'title'],
    ['an unknown language', { language: 'klingon' }, 'language'],
    ['no language', { language: "x'; DROP" }, 'language'],
    ['somebody else’s organisation', { tenant_id: 'borealis' }, 'tenant_id'],
  ])('are refused with %s, naming the field', async (_, fields, field) => {
    const answer = await ada.upload('a.txt', 'text', fields);
    expect(answer).toMatchObject({ status: 400, body: refusal('invalid_request', { field }) });
  });

  it('are refused when they cannot be read, are too large, or are not there', async () => {
    const none = new FormData();
    none.append('title', 'x');
    for (const answer of [
      await ada.upload('a.png', Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex')),
      await ada.upload('a.txt', Buffer.from([0xff, 0x00, 0xd8])),
      await ada.post(none),
      await ada.post('{"file":"x"}', { 'content-type': 'application/json' }),
    ]) {
      expect(answer).toMatchObject({ status: 400, body: refusal('invalid_request', { field: 'file' }) });
    }
    expect(await ada.upload('a.txt', 'x'.repeat(100_001))).toMatchObject({
      status: 413,
      body: refusal('payload_too_large'),
    });
    const twice = new FormData();
    for (const name of ['a.txt', 'b.txt']) twice.append('file', new Blob([name]), name);
    expect((await ada.post(twice)).status).toBe(400);
    expect((await ada.list()).body).toEqual({ data: [], has_more: false });
  });
});
