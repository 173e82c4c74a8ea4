import { SignJWT } from 'jose';
import { startAuthApp } from './support/auth-app.js';
import { signingKey, signToken } from './support/issuer.js';
import type { RunningApp } from './support/auth-app.js';

describe('ChatKitAuthGuard with a shared secret', () => {
  const secret = 'a secret of more than thirty-two bytes';
  const issuer = 'https://issuer.example';
  let running: RunningApp;

  beforeAll(async () => {
    running = await startAuthApp({
      issuer,
      audience: 'chat',
      keys: { secret },
      claims: { tenant: 'tid', tenantName: 'org_name', roles: 'scope' },
      clockToleranceSeconds: 0,
      publicUrl: 'http://localhost:3000',
      allowedOrigins: [],
    });
  });

  afterAll(() => running.app.close());

  function sign(alg: string, key: string): Promise<string> {
    return new SignJWT({ tid: 'org_9', scope: 'read write' })
      .setProtectedHeader({ alg })
      .setIssuer(issuer)
      .setAudience('chat')
      .setSubject('user_9')
      .setExpirationTime('1m')
      .sign(Buffer.from(key));
  }

  async function ask(bearer: string) {
    const response = await fetch(`${running.url}/probe`, { headers: { authorization: `bearer ${bearer}` } });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it('takes HS256 and reads the claims it was told to read', async () => {
    const { status, body } = await ask(await sign('HS256', secret));
    expect(status).toBe(200);
    expect(body).toMatchObject({ tenantId: 'org_9', userId: 'user_9', roles: ['read', 'write'] });
  });

  it('takes no other algorithm and no other secret', async () => {
    expect((await ask(await sign('HS512', secret.repeat(2)))).status).toBe(401);
    expect((await ask(await sign('HS256', 'another secret of thirty-two bytes!!'))).status).toBe(401);
    expect((await ask(await signToken(await signingKey('k'), { sub: 'user_9', tid: 'org_9' }))).status).toBe(
      401,
    );
  });

  it('has no sign-in of its own', async () => {
    const response = await fetch(`${running.url}/auth/login`, { redirect: 'manual' });
    expect(response.status).toBe(501);
  });
});
