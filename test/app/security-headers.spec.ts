import { startApp, type RunningApp } from './support/running-app.js';
import { tokenOf } from './support/tokens.js';

const PATHS = [
  '/',
  '/health',
  '/health/live',
  '/chatkit',
  '/chatkit/nowhere',
  '/chatkit/admin/usage',
  '/chatkit/admin/organisation',
  '/attachments/atc_1/preview?token=x',
  '/auth/me',
  '/auth/session',
  '/auth/callback?state=x',
  '/auth/login?return_to=//evil',
  '/portal/features.json',
  '/chatkit.json',
  '/chatkit.js',
  '/nowhere',
];

describe('Every answer of the server', () => {
  let app: RunningApp;

  beforeAll(async () => {
    app = await startApp({
      PUBLIC_URL: 'https://chat.example',
      AUTH_CLIENT_ID: 'portal',
      CHATKIT_DATABASE_EMBEDDED: 'false',
      CHATKIT_ATTACHMENTS_DIR: process.env['TMPDIR'],
    });
  });
  afterAll(() => app.close());

  const headersOf = async (path: string, init: RequestInit = {}): Promise<Headers> => {
    const answer = await fetch(app.url + path, { redirect: 'manual', ...init });
    await answer.arrayBuffer();
    return answer.headers;
  };

  it.each(PATHS)('says how browsers are to treat it: %s', async (path) => {
    const token = await tokenOf({ tenant: 'acme', user: 'anna' }, { roles: ['admin'] });
    for (const headers of [{}, { authorization: `Bearer ${token}` }]) {
      const answer = Object.fromEntries(await headersOf(path, { headers }));
      expect(answer).toMatchObject({
        'x-content-type-options': 'nosniff',
        'strict-transport-security': 'max-age=31536000',
        'content-security-policy': expect.stringContaining("default-src 'none'") as string,
        'referrer-policy': expect.stringMatching(/^(no-referrer|same-origin)$/) as string,
        'permissions-policy': expect.stringContaining('camera=()') as string,
        'cross-origin-resource-policy': expect.stringMatching(/origin$/) as string,
      });
      expect(answer['content-security-policy']).toMatch(/frame-ancestors 'none'|sandbox/);
      expect(answer).not.toHaveProperty('x-powered-by');
    }
  });

  it('says nothing of encryption where there is none', async () => {
    const plain = await startApp({ CHATKIT_DATABASE_EMBEDDED: 'false' });
    const { headers } = await fetch(`${plain.url}/health/live`);
    expect(headers.has('strict-transport-security')).toBe(false);
    expect((await fetch(`${plain.url}/`)).headers.has('strict-transport-security')).toBe(false);
    await plain.close();
  });
});
