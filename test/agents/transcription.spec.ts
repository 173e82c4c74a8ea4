import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChatClient } from '../app/support/chat-client.js';
import { startApp, untilReady, type RunningApp } from '../app/support/running-app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const ANNA = { tenant: 'acme', user: 'anna' };
const LIMIT = 1024 * 1024;

/** What the API got, and how it answers. */
class AudioApi {
  readonly requests: { readonly url: string | undefined; readonly body: string; readonly key: string }[] = [];
  status = 200;
  answer: unknown = { text: 'Hello there' };
  silent = false;
  readonly #arrivals: (() => void)[] = [];
  readonly #departures: (() => void)[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<AudioApi> {
    const server = createServer();
    const api = new AudioApi(server);
    server.on('request', (request, response) => {
      response.on('close', () => {
        for (const left of api.#departures.splice(0)) left();
      });
      void api.#serve(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  arrival(): Promise<void> {
    return new Promise((resolve) => this.#arrivals.push(resolve));
  }

  departure(): Promise<void> {
    return new Promise((resolve) => this.#departures.push(resolve));
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.#take(request);
    for (const arrived of this.#arrivals.splice(0)) arrived();
    if (this.silent) return;
    response.writeHead(this.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(this.answer));
  }

  async #take(request: IncomingMessage): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { url, headers } = request;
    const body = Buffer.concat(chunks).toString('latin1');
    this.requests.push({ url, body, key: headers.authorization ?? '' });
  }
}

function dictate(audio: Buffer, mimeType = 'audio/webm;codecs=opus'): object {
  const params = { audio_base64: audio.toString('base64'), mime_type: mimeType };
  return { type: 'input.transcribe', params };
}

describe('dictation', () => {
  let api: AudioApi;
  let database: TestDatabase;
  let app: RunningApp;
  let anna: ChatClient;

  beforeAll(async () => {
    api = await AudioApi.start();
    database = await createTestDatabase();
    app = await startApp({
      CHATKIT_DATABASE_URL: database.url,
      OPENAI_API_KEY: 'key-of-the-test',
      OPENAI_BASE_URL: api.url,
      CHATKIT_TRANSCRIPTION_MODEL: 'scribe',
      CHATKIT_AUDIO_LIMIT: String(LIMIT),
      CHATKIT_BODY_LIMIT: '4096',
    });
    await untilReady(app.url);
    anna = await ChatClient.of(app.url, ANNA);
  });
  afterAll(async () => {
    await app.close();
    api.close();
    await database.drop();
  });
  beforeEach(() => {
    Object.assign(api, { status: 200, answer: { text: 'Hello there' }, silent: false });
  });

  it.each([
    ['audio/webm;codecs=opus', 'speech.webm'],
    ['audio/mp4', 'speech.m4a'],
    ['audio/ogg;codecs=opus', 'speech.ogg'],
  ])('of %s is written down by the API', async (mimeType, name) => {
    const response = await anna.send(dictate(Buffer.from('sound'), mimeType));
    expect(await response.json()).toEqual({ text: 'Hello there' });
    const request = api.requests.at(-1);
    expect(request?.url).toBe('/v1/audio/transcriptions');
    expect(request?.key).toBe('Bearer key-of-the-test');
    expect(request?.body).toContain('scribe');
    expect(request?.body).toContain(`filename="${name}"`);
    expect(request?.body).toContain('sound');
  });

  it('has a limit of its own, above that of other requests', async () => {
    const largest = Buffer.alloc(LIMIT, 'a');
    expect((await anna.send(dictate(largest))).status).toBe(200);
    expect(await anna.refusal(dictate(Buffer.concat([largest, Buffer.from('a')])))).toMatchObject({
      status: 400,
      code: 'invalid_request',
      field: 'params.audio_base64',
    });
    expect(await anna.refusal(dictate(Buffer.alloc(2 * LIMIT)))).toMatchObject({ status: 413 });
    const other = JSON.stringify({ type: 'threads.list', params: { filler: 'x'.repeat(5000) } });
    expect(await anna.refusal(other)).toMatchObject({
      status: 413,
      message: 'The body is larger than 4096 bytes',
    });
  });

  it.each([
    ['a recording of another type', dictate(Buffer.from('x'), 'video/mp4'), 'params.mime_type'],
    ['no recording', dictate(Buffer.alloc(0)), 'params.audio_base64'],
    [
      'what is no base64',
      { type: 'input.transcribe', params: { audio_base64: '!', mime_type: 'audio/webm' } },
      'params.audio_base64',
    ],
    [
      'a long run of spaces',
      {
        type: 'input.transcribe',
        params: { audio_base64: `${' '.repeat(LIMIT)}!`, mime_type: 'audio/webm' },
      },
      'params.audio_base64',
    ],
  ])('refuses %s, naming the field', async (_, request, field) => {
    expect(await anna.refusal(request)).toMatchObject({ status: 400, code: 'invalid_request', field });
  });

  it('says that a recording could not be read when the API says so', async () => {
    Object.assign(api, { status: 400, answer: { error: { message: 'bad audio of key-of-the-test' } } });
    expect(await anna.refusal(dictate(Buffer.from('noise')))).toEqual({
      status: 400,
      code: 'invalid_request',
      message: 'params.audio_base64: the recording could not be read',
      field: 'params.audio_base64',
    });
  });

  it.each([401, 429, 500])('is not available while the API answers %i', async (status) => {
    Object.assign(api, { status, answer: { error: { message: 'internal' } } });
    expect(await anna.refusal(dictate(Buffer.from('sound')))).toEqual({
      status: 503,
      code: 'chat_unavailable',
      message: 'Dictation is not available at the moment',
    });
  });

  it('ends when the client leaves', async () => {
    api.silent = true;
    const arrival = api.arrival();
    const leaving = new AbortController();
    const answer = anna.send(dictate(Buffer.from('sound')), {}, leaving.signal);
    await arrival;
    const departure = api.departure();
    leaving.abort();
    await expect(answer).rejects.toThrow();
    await departure;
  });
});

describe('without a model for it, dictation', () => {
  it('is unsupported', async () => {
    const database = await createTestDatabase();
    const app = await startApp({ CHATKIT_DATABASE_URL: database.url });
    await untilReady(app.url);
    const anna = await ChatClient.of(app.url, ANNA);
    expect(await anna.refusal(dictate(Buffer.from('sound')))).toMatchObject({
      status: 501,
      code: 'unsupported',
    });
    await app.close();
    await database.drop();
  });
});
