import { AuthConfig } from '../../src/config/auth.config.js';
import { loadConfig } from '../../src/config/validate.js';
import { authOptionsFrom } from '../../src/auth/index.js';
import { startAuthApp } from './support/auth-app.js';
import { TestBrowser } from './support/browser.js';
import { TestProvider } from './support/provider.js';
import type { INestApplication } from '@nestjs/common';
import type { RunningApp } from './support/auth-app.js';

describe('the portal`s sign-in with a provider that is only configured', () => {
  const publicUrl = 'https://portal.example';
  const provider = new TestProvider();
  const apps: RunningApp[] = [];

  beforeAll(() => provider.start());

  afterAll(async () => {
    for (const { app } of apps) await app.close();
    await provider.stop();
  });

  beforeEach(() => {
    provider.accessClaims = { org_id: 'org_7', org_name: 'Seven' };
  });

  async function start(
    env: Record<string, string> = {},
    prepare?: (app: INestApplication) => unknown,
  ): Promise<string> {
    const config = loadConfig(AuthConfig, {
      NODE_ENV: 'production',
      PUBLIC_URL: publicUrl,
      AUTH_ISSUER: provider.url,
      AUTH_AUDIENCE: 'chat',
      AUTH_CLIENT_ID: 'client-7',
      AUTH_CLIENT_SECRET: 'client secret',
      AUTH_SESSION_SECRET: 'a session secret of thirty-two bytes or more',
      AUTH_AUTHORIZATION_PARAMS: 'audience=chat',
      ...env,
    });
    const running = await startAuthApp(authOptionsFrom(config), 0, prepare);
    apps.push(running);
    return running.url;
  }

  /** Leaves for the provider and comes back, with the public address standing for the test's server. */
  async function signIn(browser: TestBrowser, url: string): Promise<Response> {
    const leaving = await browser.send(`${url}/auth/login?return_to=/portal`);
    const back = await browser.send(leaving.headers.get('location') ?? '');
    return browser.send((back.headers.get('location') ?? '').replace(publicUrl, url));
  }

  it.each([
    ['/api', 'https://portal.example', 'https://portal.example/api/auth'],
    ['', 'https://portal.example/desk', 'https://portal.example/desk/auth'],
    ['/api', 'https://portal.example/desk/', 'https://portal.example/desk/api/auth'],
    ['/api', 'https://portal.example/api', 'https://portal.example/api/auth'],
  ])('comes back to its routes as mounted (%s) and published (%s)', async (prefix, address, expected) => {
    const url = await start({ PUBLIC_URL: address }, (app) => app.setGlobalPrefix(prefix));
    const browser = new TestBrowser();
    const leaving = await browser.send(`${url}${prefix}/auth/login`);
    const back = await browser.send(leaving.headers.get('location') ?? '');
    expect(provider.lastAuthorization?.get('redirect_uri')).toBe(`${expected}/callback`);
    const local = (back.headers.get('location') ?? '').replace(expected, `${url}${prefix}/auth`);
    const response = await browser.send(local);
    expect(response.headers.get('location')).toBe(`${new URL(address).pathname.replace(/\/$/, '')}/`);
    expect(provider.lastToken?.form.get('redirect_uri')).toBe(`${expected}/callback`);
    const lost = await browser.send(`${url}${prefix}/auth/callback?state=unknown`);
    expect(await lost.text()).toContain(`href="${new URL(expected).pathname}/login"`);
  });

  it('knows its own pages by their origin, whatever the path of the address', async () => {
    const url = await start({ PUBLIC_URL: 'https://portal.example/desk' });
    const browser = new TestBrowser();
    const headers = { origin: publicUrl, accept: 'application/json' };
    const response = await browser.send(`${url}/auth/logout`, { method: 'POST', headers });
    expect(response.status).toBe(200);
  });

  it('signs in with code, PKCE and client secret, and finds the keys by itself', async () => {
    const url = await start();
    const browser = new TestBrowser();
    const response = await signIn(browser, url);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/portal');
    expect(provider.lastAuthorization?.get('audience')).toBe('chat');
    expect(provider.lastAuthorization?.get('redirect_uri')).toBe(`${publicUrl}/auth/callback`);
    expect(provider.lastToken?.authorization).toMatch(/^Basic /);
    expect(provider.lastToken?.form.get('code_verifier')).toBeTruthy();
    const me = await browser.send(`${url}/auth/me`);
    expect(await me.json()).toMatchObject({
      user: { id: 'user_7' },
      tenant: { id: 'org_7', name: 'Seven' },
    });
  });

  it('binds its cookies to the host and to https', async () => {
    const browser = new TestBrowser();
    await signIn(browser, await start());
    expect(browser.setCookies.length).toBeGreaterThanOrEqual(3);
    for (const line of browser.setCookies) {
      expect(line).toMatch(/^__Host-chatkit/);
      expect(line).toMatch(/; Secure/);
      expect(line).toMatch(/; Path=\//);
      expect(line).not.toMatch(/Domain/i);
    }
  });

  it('does not serve the development provider', async () => {
    const response = await new TestBrowser().send(`${await start()}/oidc/.well-known/openid-configuration`);
    expect(response.status).toBe(404);
  });

  it('can keep the ID token where access tokens are opaque', async () => {
    const url = await start({ AUTH_SESSION_TOKEN: 'id_token', AUTH_AUDIENCE: 'client-7' });
    const browser = new TestBrowser();
    await signIn(browser, url);
    const me = await browser.send(`${url}/auth/me`);
    expect(await me.json()).toMatchObject({ tenant: { id: 'org_of_id_token' } });
  });

  it('says so when the account belongs to no organisation', async () => {
    provider.accessClaims = {};
    const browser = new TestBrowser();
    const response = await signIn(browser, await start());
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('no organisation');
    expect(browser.cookies.size).toBe(0);
  });

  it('says so when the token does not fit into a cookie', async () => {
    provider.accessClaims = { org_id: 'org_7', groups: 'g'.repeat(3_000) };
    const response = await signIn(new TestBrowser(), await start());
    expect(response.status).toBe(502);
    expect(await response.text()).toContain('more than a cookie can hold');
  });

  it('refuses a token that is meant for somebody else', async () => {
    provider.accessClaims = { org_id: 'org_7', aud: 'another' };
    const browser = new TestBrowser();
    expect((await signIn(browser, await start())).status).toBe(502);
    expect(browser.cookies.size).toBe(0);
  });

  it('says that the provider cannot be reached', async () => {
    const closed = new TestProvider();
    await closed.start();
    const issuer = closed.url;
    await closed.stop();
    const url = await start({ AUTH_ISSUER: issuer });
    const response = await new TestBrowser().send(`${url}/auth/login`);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBeTruthy();
  });

  it('offers to end the provider`s session too', async () => {
    const url = await start();
    const browser = new TestBrowser();
    await signIn(browser, url);
    const response = await browser.send(`${url}/auth/logout`, {
      method: 'POST',
      headers: { origin: publicUrl, accept: 'application/json' },
    });
    const { redirect_to: target } = (await response.json()) as { redirect_to: string };
    expect(target).toContain(`${provider.url}/logout?`);
    expect(target).toContain('client_id=client-7');
  });

  it('does not let sign-ins that are never finished pile up', async () => {
    const url = await start();
    const browser = new TestBrowser();
    for (let attempt = 0; attempt < 12; attempt += 1) await browser.send(`${url}/auth/login`);
    expect(browser.cookies.size).toBeLessThanOrEqual(5);
  });
});
