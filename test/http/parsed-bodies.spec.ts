import { raw, text, type RequestHandler } from 'express';
import { create, errorOf, getThread, list } from './requests.js';
import { TestApp } from './test-app.js';

const LIMIT = 2048;
const deep = (levels: number): string => `{"type":${'['.repeat(levels)}${']'.repeat(levels)}}`;

function started(reader: RequestHandler): Promise<TestApp> {
  return TestApp.start({}, { before: (app) => app.use(reader) });
}

describe.each([
  ['its body parser', {}],
  ['a body parser that keeps the bytes', { rawBody: true }],
])('an application with %s', (_with, options) => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start(
      { bodyLimit: LIMIT, audioBodyLimit: 4 * LIMIT },
      { bodyParser: true, ...options },
    );
  });
  afterAll(() => app.close());

  it('is answered like any other', async () => {
    expect((await app.post(list)).status).toBe(200);
    expect(await (await app.post(create('Grüße 👋'))).text()).toContain('Grüße 👋');
    expect((await app.post(getThread('thr_x'))).status).toBe(404);
    const response = await app.post({ type: 'items.list', params: {} });
    expect(await errorOf(response)).toMatchObject({ code: 'invalid_request', field: 'params.thread_id' });
  });

  it('has the same limits', async () => {
    const json = JSON.stringify(list);
    expect((await app.post(json.padEnd(LIMIT, ' '))).status).toBe(200);
    const large = await app.post(json.padEnd(LIMIT + 1, ' '));
    expect([large.status, (await errorOf(large)).code]).toEqual([413, 'payload_too_large']);
    const chunked = new Blob([JSON.stringify(create('x'.repeat(LIMIT)))]).stream();
    expect((await app.post(chunked)).status).toBe(413);
    const dictation = {
      type: 'input.transcribe',
      params: { audio_base64: 'A'.repeat(2 * LIMIT), mime_type: 'a/b' },
    };
    expect((await app.post(dictation)).status).toBe(501);
    for (const levels of [100, 1000]) {
      const response = await app.post(deep(levels).slice(0, LIMIT));
      expect([response.status, response.headers.get('content-type')]).toEqual([
        400,
        'application/json; charset=utf-8',
      ]);
    }
    expect((await errorOf(await app.post(deep(100)))).message).toContain('nested deeper');
  });

  it.each([
    ['nothing', '', 400, 'invalid_request'],
    ['an empty object', '{}', 400, 'invalid_request'],
    ['a list', '[]', 400, 'invalid_request'],
  ])('refuses %s', async (_what, body, status, code) => {
    const response = await app.post(body);
    expect([response.status, (await errorOf(response)).code]).toEqual([status, code]);
  });

  it('refuses a form, which it has read', async () => {
    const response = await app.post('type=threads.list', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect([response.status, (await errorOf(response)).code]).toEqual([415, 'unsupported_media_type']);
  });
});

describe('an application that reads bodies in a way of its own', () => {
  it('is answered where it keeps the bytes', async () => {
    const app = await started(raw({ type: () => true }));
    expect((await app.post(list)).status).toBe(200);
    expect((await app.post(deep(1000))).status).toBe(400);
    await app.close();
  });

  it('is told clearly that text is no JSON', async () => {
    const app = await started(text({ type: () => true }));
    const response = await app.post(list);
    expect(response.status).toBe(400);
    expect(await errorOf(response)).toMatchObject({
      code: 'invalid_request',
      message: 'The application has read the body as text, not as JSON',
    });
    await app.close();
  });

  it('is told in its log, and nowhere else, when it has left nothing of the body', async () => {
    const app = await started((request, _response, next) => {
      request.resume().on('end', next);
    });
    const response = await app.post(list);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('bodyParser');
    expect(app.log.of('error')).toEqual([expect.stringContaining('set bodyParser to false')]);
    await app.close();
  });
});
