import { list } from './requests.js';
import { TestApp } from './test-app.js';

const ORIGIN = 'https://app.example';

describe('calls from other origins', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ corsOrigins: [ORIGIN] });
  });
  afterAll(() => app.close());

  const preflight = (origin: string): Promise<Response> =>
    fetch(app.url, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, content-type',
      },
    });

  it('are announced by a preflight that allowed origins pass', async () => {
    const response = await preflight(ORIGIN);
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers':
        'content-type, authorization, accept-language, x-user-id, x-page-url, chatkit-frame-instance-id',
      'access-control-max-age': expect.stringMatching(/^\d+$/),
      vary: 'Origin',
    });
  });

  it.each(['https://evil.example', 'null', 'https://app.example.evil', 'http://app.example'])(
    'are not allowed to %s',
    async (origin) => {
      const before = await preflight(origin);
      expect(before.status).toBe(403);
      const response = await app.post(list, { origin });
      for (const answer of [before, response]) {
        expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
        expect(answer.headers.get('vary')).toBe('Origin');
      }
    },
  );

  it('can read answers and errors alike', async () => {
    const answers = [
      await app.post(list, { origin: ORIGIN }),
      await app.post(list, { origin: ORIGIN, authorization: '' }),
      await app.post('{', { origin: ORIGIN }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 400]);
    for (const { headers } of answers) {
      expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
      expect(headers.get('access-control-expose-headers')).toBe(
        'x-correlation-id, retry-after, chatkit-answering, chatkit-stop',
      );
    }
  });

  it('can read what is not there below the endpoint, without cookies', async () => {
    const answer = await fetch(`${app.url}/nowhere`, { headers: { origin: ORIGIN } });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(answer.headers.has('access-control-allow-credentials')).toBe(false);
    const foreign = await fetch(`${app.url}/nowhere`, { headers: { origin: 'https://evil.example' } });
    expect(foreign.headers.has('access-control-allow-origin')).toBe(false);
  });

  it('are closed to everybody by default', async () => {
    const closed = await TestApp.start();
    const response = await closed.post(list, { origin: ORIGIN });
    expect(response.headers.has('access-control-allow-origin')).toBe(false);
    const plain = await fetch(closed.url, { method: 'OPTIONS' });
    expect([plain.status, plain.headers.get('allow')]).toEqual([204, 'POST, OPTIONS']);
    await closed.close();
  });
});
