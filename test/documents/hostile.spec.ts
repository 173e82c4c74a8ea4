import { DocumentsConfig } from '../../src/config/documents.config.js';
import { loadConfig } from '../../src/config/validate.js';
import { DocumentError } from '../../src/documents/ingest/document-error.js';
import { DocumentReader } from '../../src/documents/reading/document-reader.js';
import { ChatClient } from '../app/support/chat-client.js';
import { eventually } from '../app/support/eventually.js';
import { startApp, untilReady, type RunningApp } from '../app/support/running-app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { Admin, type AdminAnswer } from './support/admin.js';
import { BOUNDED, BUSY, ENDLESS, LARGE, type HostileDocument } from './support/hostile.js';
import { INFLATED_BYTES } from './support/inflated-bytes.js';

const ADA = { tenant: 'aurora', user: 'ada' };
const CLARA = { tenant: 'borealis', user: 'clara' };
const OTHERS = 5;
const INFLATION = { CHATKIT_DOCUMENT_INFLATED_BYTES: String(INFLATED_BYTES) };
/** As long as a busy machine takes, where time is not what is tried. */
const PATIENCE = { CHATKIT_DOCUMENT_TIMEOUT_MS: '80000' };
/** Many times what each takes by itself: whose reader takes the square of its length takes longer. */
const BOUND = { CHATKIT_DOCUMENT_TIMEOUT_MS: '20000' };

const names = async (admin: Admin): Promise<string[]> =>
  (await admin.uploads()).map(({ filename }) => filename);
const states = async (admin: Admin): Promise<string[]> =>
  (await admin.uploads()).map(({ filename, state }) => `${filename} ${state}`);

/** What the refusal says; undefined when it was read. */
async function refusalOf({ bytes, filename }: HostileDocument, env: NodeJS.ProcessEnv = {}) {
  const reader = new DocumentReader(loadConfig(DocumentsConfig, env));
  try {
    expect((await reader.read(bytes, filename)).chunks.length).toBeGreaterThan(0);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(DocumentError);
    return (error as DocumentError).message;
  }
}

describe('A hostile document', () => {
  it.each(Object.entries(BOUNDED))(
    'is read, or refused with its reason: %s',
    async (_, [document, reason]) => {
      const refusal = await refusalOf(document, { ...INFLATION, ...BOUND });
      if (reason === undefined) expect(refusal).toBeUndefined();
      else expect(refusal).toMatch(reason);
    },
  );

  it.each(Object.entries(BUSY))('keeps its thread busy until a limit ends that: %s', async (_, document) => {
    const refusal = await refusalOf(document, {
      CHATKIT_DOCUMENT_TIMEOUT_MS: '150',
      CHATKIT_DOCUMENT_HEAP_MB: '64',
    });
    expect(refusal).toMatch(/takes (longer than 0.15 s|more than 64 MB of memory) to read|nested too deep/);
  });

  it('is refused for its memory alone, and the process lives on', async () => {
    expect(await refusalOf(LARGE, { ...PATIENCE, CHATKIT_DOCUMENT_HEAP_MB: '32' })).toBe(
      'the document takes more than 32 MB of memory to read',
    );
    expect(await refusalOf(LARGE, PATIENCE)).toBeUndefined();
  });
});

describe('While the document of one organisation keeps a thread busy', () => {
  let database: TestDatabase;
  let app: RunningApp;
  let ada: Admin;
  let clara: Admin;
  let leaving: AbortController;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startApp({
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_DOCUMENTS_WAITING: '1',
      ...INFLATION,
      ...PATIENCE,
    });
    await untilReady(app.url);
    ada = await Admin.of(app.url, ADA);
    clara = await Admin.of(app.url, CLARA);
  });
  beforeEach(() => {
    leaving = new AbortController();
  });
  afterEach(async () => {
    leaving.abort();
    await eventually('nothing is being read', async () => (await ada.uploads()).length === 0);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  /** Hands in what keeps a thread busy, until the client leaves. */
  async function keepBusy(filename = 'endless.html'): Promise<void> {
    const upload = ada.upload(filename, ENDLESS.bytes, {}, leaving.signal);
    upload.catch(() => undefined);
    await eventually('it is there', async () => (await names(ada)).includes(filename));
  }

  it('others chat, and their documents are taken', async () => {
    await keepBusy();
    const dan = await ChatClient.of(app.url, { tenant: 'borealis', user: 'dan' });
    for (let request = 0; request < OTHERS; request++) {
      expect((await dan.send({ type: 'threads.list', params: {} })).status).toBe(200);
    }
    expect((await clara.upload('hours.md', 'The library opens at nine.')).status).toBe(201);
    expect((await dan.create('When does the library open?')).answer).toContain('nine');
    expect(await states(ada)).toEqual(['endless.html reading']);
    expect(await names(clara)).toEqual([]);
  });

  it.each(['a PDF that inflates to 5 MB', 'settings without end', 'opened comments'])(
    'what it is refused for is told, while the documents of others are taken: %s',
    async (name) => {
      const [document, reason] = BOUNDED[name] ?? [];
      if (document === undefined || reason === undefined) throw new Error(`no such document: ${name}`);
      const [refused, taken] = await Promise.all([
        ada.upload(document.filename, document.bytes),
        clara.upload('hours.md', 'The library opens at nine.'),
      ]);
      const message = expect.stringMatching(reason) as string;
      const error = { code: 'invalid_request', field: 'file', message };
      expect(refused).toMatchObject({ status: 400, body: { error } });
      expect(taken.status).toBe(201);
    },
  );

  it('its administrators see what is read and what waits; more is refused until then', async () => {
    await keepBusy();
    await keepBusy('second.html');
    expect(await states(ada)).toEqual(['endless.html reading', 'second.html waiting']);
    const third: AdminAnswer = await ada.upload('third.md', 'Too many');
    expect(third).toMatchObject({ status: 503, body: { error: { code: 'chat_unavailable' } } });
  });

  it('who leaves gives the place to the next', async () => {
    await keepBusy();
    const next = ada.upload('next.md', 'The next one');
    await eventually('it waits', async () => (await states(ada)).includes('next.md waiting'));
    leaving.abort();
    expect((await next).status).toBe(201);
  });
});
