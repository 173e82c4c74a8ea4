import { create } from '../app/support/requests.js';
import { TestBrowser } from '../auth/support/browser.js';
import { TestProvider } from '../auth/support/provider.js';
import { Replicas } from './support/replicas.js';

describe('signing in at three replicas behind a balancer', () => {
  const provider = new TestProvider();
  let replicas: Replicas;

  beforeAll(async () => {
    await provider.start();
    provider.accessClaims = { org_id: 'org_7' };
    replicas = await Replicas.start({
      AUTH_ISSUER: provider.url,
      AUTH_AUDIENCE: 'chat',
      AUTH_CLIENT_ID: 'client-7',
      AUTH_CLIENT_SECRET: 'client secret',
      AUTH_SESSION_SECRET: 'a session secret of thirty-two bytes or more',
    });
  });
  afterAll(async () => {
    await replicas?.remove();
    await provider.stop();
  });

  const ask = (browser: TestBrowser, url: string, request: object): Promise<Response> =>
    browser.send(`${url}/chatkit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: replicas.url },
      body: JSON.stringify(request),
    });

  it('begins at one, ends at another, and counts at all of them', async () => {
    const [first = '', second = '', third = ''] = replicas.urls;
    const browser = new TestBrowser();
    const leaving = await browser.send(`${first}/auth/login?return_to=/`);
    const provided = await browser.send(leaving.headers.get('location') ?? '');
    const back = (provided.headers.get('location') ?? '').replace(replicas.url, second);
    expect((await browser.send(back)).status).toBe(303);
    for (const url of replicas.urls) expect((await browser.send(`${url}/auth/me`)).status).toBe(200);
    expect(await (await ask(browser, third, create('Who am I?'))).text()).toContain('thread.item.done');
    const list = await ask(browser, first, { type: 'threads.list', params: {} });
    expect(((await list.json()) as { data: unknown[] }).data).toHaveLength(1);
  });

  it('works through the balancer, whichever replica each step comes to', async () => {
    const browser = new TestBrowser();
    const { url, response } = await browser.follow(`${replicas.url}/auth/login?return_to=/auth/me`);
    expect(url).toBe(`${replicas.url}/auth/me`);
    expect(await response.json()).toMatchObject({ user: { id: 'user_7' }, tenant: { id: 'org_7' } });
    for (const _ of replicas.urls) {
      expect((await ask(browser, replicas.url, { type: 'threads.list', params: {} })).status).toBe(200);
    }
  });
});
