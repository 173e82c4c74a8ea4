import * as openid from 'openid-client';
import { authOptionsFrom } from '../../src/auth/index.js';
import { AuthConfig } from '../../src/config/auth.config.js';
import { loadConfig } from '../../src/config/validate.js';
import { startAuthApp, type RunningApp } from './support/auth-app.js';
import { TestBrowser } from './support/browser.js';
import { freePort } from '../support/free-port.js';

const CALLBACK = 'http://localhost:3001/api/auth/callback';

describe('another application that signs in at the development provider', () => {
  let running: RunningApp;
  let provider: openid.Configuration;

  beforeAll(async () => {
    const port = await freePort();
    const config = loadConfig(AuthConfig, {
      NODE_ENV: 'development',
      PORT: String(port),
      AUTH_DEV_REDIRECT_URIS: CALLBACK,
      AUTH_DEV_TOKEN_SECONDS: '600',
    });
    running = await startAuthApp(authOptionsFrom(config), port);
    provider = await openid.discovery(new URL(`${running.url}/oidc`), 'portal', undefined, openid.None(), {
      execute: [openid.allowInsecureRequests],
    });
  });

  afterAll(() => running.app.close());

  /** The address a browser is sent back to after its user has signed in. */
  async function signIn(account: string, redirect: string, verifier: string): Promise<URL> {
    const browser = new TestBrowser();
    const start = openid.buildAuthorizationUrl(provider, {
      redirect_uri: redirect,
      scope: 'openid profile email',
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const page = await browser.follow(start.href);
    expect(page.response.headers.get('content-security-policy')).toContain(
      `form-action 'self' ${new URL(redirect).origin};`,
    );
    const html = await page.response.text();
    const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1] ?? html;
    const password = /name="password"[^>]* value="([^"]+)"/.exec(html)?.[1] ?? '';
    let location = new URL(action, page.url);
    let response = await browser.send(location.href, {
      method: 'POST',
      body: new URLSearchParams({ account, password }),
    });
    while (!location.href.startsWith(redirect)) {
      location = new URL(response.headers.get('location') ?? '', location);
      if (!location.href.startsWith(redirect)) response = await browser.send(location.href);
    }
    return location;
  }

  async function probe(token: string): Promise<unknown> {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${running.url}/probe`, { headers })).json();
  }

  it('is joined by this server’s own sign-in where its routes have a prefix', async () => {
    const port = await freePort();
    const options = authOptionsFrom(loadConfig(AuthConfig, { NODE_ENV: 'development', PORT: String(port) }));
    const { app, url } = await startAuthApp(options, port, (made) => made.setGlobalPrefix('api'));
    try {
      const { response } = await new TestBrowser().follow(`${url}/api/auth/login`);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain('name="password"');
      const expired = await fetch(`${url}/oidc/interaction/unknown`);
      expect(await expired.text()).toContain('href="/api/auth/login"');
    } finally {
      await app.close();
    }
  });

  it('has to be on this computer, unless the network is asked for', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.7' };
    const refusal = await fetch(`${running.url}/oidc/jwks`, { headers });
    expect([refusal.status, await refusal.text()]).toEqual([
      403,
      expect.stringContaining('AUTH_DEV_PROVIDER'),
    ]);
    const port = await freePort();
    const env = { AUTH_DEV_PROVIDER: 'network', PORT: String(port) };
    const open = await startAuthApp(authOptionsFrom(loadConfig(AuthConfig, env)), port);
    try {
      expect((await fetch(`${open.url}/oidc/jwks`, { headers })).status).toBe(200);
    } finally {
      await open.app.close();
    }
  });

  it('gets tokens that this server takes, and new ones for its refresh token', async () => {
    const verifier = openid.randomPKCECodeVerifier();
    const back = await signIn('user_ben', CALLBACK, verifier);
    const tokens = await openid.authorizationCodeGrant(provider, back, { pkceCodeVerifier: verifier });
    expect(tokens.expires_in).toBe(600);
    expect(await probe(tokens.access_token)).toMatchObject({ tenantId: 'org_aurora', userId: 'user_ben' });
    const renewed = await openid.refreshTokenGrant(provider, tokens.refresh_token ?? '');
    expect(renewed.access_token).not.toBe(tokens.access_token);
    expect(await probe(renewed.access_token)).toMatchObject({ userId: 'user_ben' });
  });

  it('has to be known by the address it returns to', async () => {
    const start = openid.buildAuthorizationUrl(provider, {
      redirect_uri: 'http://localhost:3001/elsewhere',
      scope: 'openid',
      code_challenge: await openid.calculatePKCECodeChallenge(openid.randomPKCECodeVerifier()),
      code_challenge_method: 'S256',
    });
    const { response } = await new TestBrowser().follow(start.href);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('redirect_uri');
  });
});
