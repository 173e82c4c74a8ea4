import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { AuthConfig } from '../../src/config/auth.config.js';
import { loadConfig } from '../../src/config/validate.js';
import { authOptionsFrom } from '../../src/auth/index.js';
import { startAuthApp } from './support/auth-app.js';
import { TestBrowser } from './support/browser.js';
import type { RunningApp } from './support/auth-app.js';
import { freePort } from '../support/free-port.js';

describe('the portal`s sign-in with the development provider', () => {
  let dataDir: string;
  let port: number;
  let running: RunningApp;
  const printed = (['log', 'info', 'warn', 'error'] as const).map((level) => jest.spyOn(console, level));

  function start(): Promise<RunningApp> {
    const config = loadConfig(AuthConfig, { NODE_ENV: 'development', PORT: String(port) });
    return startAuthApp(authOptionsFrom(config, { dataDir }), port);
  }

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'chatkit-auth-'));
    port = await freePort();
    running = await start();
  });

  afterAll(async () => {
    await running.app.close();
    await rm(dataDir, { recursive: true, force: true });
    for (const spy of printed) spy.mockRestore();
  });

  async function me(browser: TestBrowser): Promise<Record<string, unknown>> {
    return (await (await browser.send(`${running.url}/auth/me`)).json()) as Record<string, unknown>;
  }

  it('leads through the provider to the page that was asked for', async () => {
    const browser = new TestBrowser();
    const arrived = await browser.signIn(running.url, 'user_ada', '/probe?from=here#there');
    expect(arrived).toBe(`${running.url}/probe?from=here#there`);
    expect(await me(browser)).toEqual({
      user: { id: 'user_ada', name: 'Ada Lindqvist', email: 'ada@aurora.example' },
      tenant: { id: 'org_aurora', name: 'Aurora Library' },
      roles: ['admin', 'member'],
      admin: true,
      locale: 'en',
    });
  });

  it('tells a page that nobody is signed in without refusing it', async () => {
    const browser = new TestBrowser();
    const stranger = await browser.send(`${running.url}/auth/session`);
    expect([stranger.status, await stranger.json()]).toEqual([200, { signed_in: false }]);
    await browser.signIn(running.url, 'user_ada');
    const member = await browser.send(`${running.url}/auth/session`);
    expect(await member.json()).toMatchObject({ signed_in: true, user: { id: 'user_ada' } });
  });

  it('knows members of different organisations apart', async () => {
    const [one, other] = [new TestBrowser(), new TestBrowser()];
    await one.signIn(running.url, 'user_ben');
    await other.signIn(running.url, 'user_clara');
    expect(await me(one)).toMatchObject({
      user: { id: 'user_ben' },
      tenant: { id: 'org_aurora' },
      admin: false,
    });
    expect(await me(other)).toMatchObject({ user: { id: 'user_clara' }, tenant: { id: 'org_borealis' } });
  });

  it('lets the same browser become somebody else', async () => {
    const browser = new TestBrowser();
    await browser.signIn(running.url, 'user_ada');
    await browser.send(`${running.url}/auth/logout`, { method: 'POST', headers: { origin: running.url } });
    expect(await browser.signIn(running.url, 'user_dan')).toBe(`${running.url}/probe`);
    expect(await me(browser)).toMatchObject({ user: { id: 'user_dan' }, tenant: { id: 'org_borealis' } });
  });

  it('keeps the session where scripts and other sites cannot get at it', async () => {
    const browser = new TestBrowser();
    await browser.signIn(running.url, 'user_ada');
    const session = browser.setCookies.find((line) => line.startsWith('chatkit_session='));
    expect(session).toMatch(/HttpOnly/i);
    expect(session).toMatch(/SameSite=Lax/i);
    expect(session).toMatch(/Path=\//);
    expect(session?.split('.', 1)[0]).not.toContain('org_aurora');
    expect([...browser.cookies.keys()].filter((name) => name.startsWith('chatkit_signin_'))).toEqual([]);
  });

  it('survives a restart, because its keys do', async () => {
    const browser = new TestBrowser();
    await browser.signIn(running.url, 'user_ben');
    await running.app.close();
    running = await start();
    expect(await me(browser)).toMatchObject({ user: { id: 'user_ben' } });
    for (const file of await readdir(dataDir)) {
      expect((await stat(join(dataDir, file))).mode & 0o077).toBe(0);
    }
  });

  it('accepts the cookie for a change only from its own pages', async () => {
    const browser = new TestBrowser();
    await browser.signIn(running.url, 'user_ada');
    const write = async (headers: Record<string, string>) =>
      (await browser.send(`${running.url}/probe`, { method: 'POST', headers })).status;
    expect(await write({ origin: running.url })).toBe(201);
    expect(await write({ 'sec-fetch-site': 'same-origin' })).toBe(201);
    expect(await write({ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' })).toBe(403);
    expect(await write({ origin: 'null' })).toBe(403);
    expect(await write({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await write({})).toBe(403);
  });

  it('lets the bearer token win over the cookie', async () => {
    const browser = new TestBrowser();
    await browser.signIn(running.url, 'user_ada');
    const response = await browser.send(`${running.url}/auth/me`, {
      headers: { authorization: 'Bearer x.y.z' },
    });
    expect(response.status).toBe(401);
  });

  it('takes no cookie it did not make', async () => {
    const browser = new TestBrowser();
    await browser.signIn(running.url, 'user_ada');
    const sealed = browser.cookies.get('chatkit_session') ?? '';
    browser.cookies.set('chatkit_session', `${sealed.slice(0, -8)}AAAAAAAA`);
    expect((await browser.send(`${running.url}/auth/me`)).status).toBe(401);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/.//evil.example',
    '/..//evil.example',
    'evil.example',
    '',
  ])('refuses to return to %j', async (target) => {
    const response = await new TestBrowser().send(
      `${running.url}/auth/login?${new URLSearchParams({ return_to: target }).toString()}`,
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_request', field: 'return_to' } });
  });

  it('signs out at the request of its own pages only', async () => {
    const browser = new TestBrowser();
    await browser.signIn(running.url, 'user_ada');
    const logout = (origin: string) =>
      browser.send(`${running.url}/auth/logout`, {
        method: 'POST',
        headers: { origin, accept: 'application/json' },
      });
    expect((await logout('https://evil.example')).status).toBe(403);
    expect((await browser.send(`${running.url}/auth/me`)).status).toBe(200);
    expect(await (await logout(running.url)).json()).toEqual({ redirect_to: '/' });
    expect((await browser.send(`${running.url}/auth/me`)).status).toBe(401);
  });

  it('ends the session that it signs out of, and what a request at the same time has renewed it to', async () => {
    const browser = new TestBrowser();
    await browser.signIn(running.url, 'user_ada');
    const copy = new TestBrowser();
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
    await browser.send(`${running.url}/auth/logout`, { method: 'POST', headers: { origin: running.url } });
    expect((await copy.send(`${running.url}/auth/me`)).status).toBe(401);
  });

  it('does not finish a sign-in that this browser did not begin', async () => {
    const victim = new TestBrowser();
    const response = await victim.send(`${running.url}/auth/callback?code=stolen&state=somebody-elses`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('begun elsewhere');
    expect(victim.cookies.size).toBe(0);
  });

  it('does not sign in with a forged code', async () => {
    const browser = new TestBrowser();
    const leaving = await browser.send(`${running.url}/auth/login`);
    const authorize = new URL(leaving.headers.get('location') ?? '');
    const state = authorize.searchParams.get('state') ?? '';
    expect(authorize.searchParams.get('code_challenge_method')).toBe('S256');
    expect(authorize.searchParams.get('nonce')).toBeTruthy();
    const query = new URLSearchParams({ code: 'forged', state, iss: `${running.url}/oidc` });
    const response = await browser.send(`${running.url}/auth/callback?${query.toString()}`);
    expect(response.status).toBe(502);
    expect(browser.cookies.has('chatkit_session')).toBe(false);
  });

  it('asks again after a wrong password and serves pages that run nothing', async () => {
    const browser = new TestBrowser();
    const page = await browser.follow(`${running.url}/auth/login`);
    const html = await page.response.text();
    expect(page.response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|<style| style=| on\w+=/);
    const refused = await browser.send(page.url, {
      method: 'POST',
      body: new URLSearchParams({ account: 'user_ada', password: 'wrong' }),
    });
    expect(refused.status).toBe(401);
    expect(await refused.text()).toContain('role="alert"');
    const css = await browser.send(`${running.url}/oidc/sign-in.css`);
    expect(css.headers.get('content-type')).toContain('text/css');
  });

  it('prints nothing of its own accord', () => {
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
  });
});
