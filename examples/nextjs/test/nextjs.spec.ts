import { Readable } from 'node:stream';
import { expect } from '@playwright/test';
import type { Browser, Locator, Page } from 'playwright-core';
import { AppProcess, Scratch } from '../../../test/app/support/app-process.js';
import { eventually } from '../../../test/app/support/eventually.js';
import { statusOf } from '../../../test/app/support/running-app.js';
import { freePort } from '../../../test/support/free-port.js';
import { axeViolations, launchBrowser, openPage, type Complaints } from '../../../test/browser/browser.js';
import { ask, finished, log, signIn } from '../../../test/browser/member.js';
import { NextProcess } from './next-process.js';
import { ObservedBackend } from './observed-backend.js';

const SECRET = 'a secret of the test that has more than 32 characters';
const MAX_UPLOAD_BYTES = 100_000;
/** A long answer may begin late on a machine that has other things to do. */
const PATIENTLY = { timeout: 60_000 };
/** Leaves no connection behind that the server may close while the next request uses it. */
const ONCE = { connection: 'close' };
/** A red square of 4 by 4. */
const SQUARE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGP4z8AARwzEcQCukw/x0F8jngAAAABJRU5ErkJggg==',
  'base64',
);

let scratch: Scratch;
let backend: AppProcess;
let observed: ObservedBackend;
let next: NextProcess;
let browser: Browser;
let page: Page;
let complaints: Complaints;

function nextWith(port: number, chatkitUrl: string): Promise<NextProcess> {
  return NextProcess.start(port, {
    CHATKIT_URL: chatkitUrl,
    APP_URL: `http://localhost:${port}`,
    OIDC_ISSUER: `${backend.url}/oidc`,
    SESSION_SECRET: SECRET,
    MAX_UPLOAD_BYTES: String(MAX_UPLOAD_BYTES),
  });
}

beforeAll(async () => {
  const [port, backendPort] = [await freePort(), await freePort()];
  scratch = await Scratch.make();
  backend = await AppProcess.start(scratch.directory, {
    PORT: String(backendPort),
    // with the identity provider that it has then
    NODE_ENV: 'development',
    // slow enough for a long answer to be stopped, and quick enough for a short one
    CHATKIT_OFFLINE_DELAY_MS: '20',
    AUTH_DEV_REDIRECT_URIS: `http://localhost:${port}/api/auth/callback`,
    CHATKIT_ATTACHMENTS_URL: `http://localhost:${port}`,
  });
  await eventually('chat is up', async () => (await statusOf(`${backend.url}/health/ready`)) === 200);
  observed = await new ObservedBackend(backend.url).start();
  next = await nextWith(port, `${observed.url}/chatkit`);
  browser = await launchBrowser();
  ({ page, complaints } = await openPage(await browser.newContext({ locale: 'da-DK' })));
  await signIn(page, next.url, 'user_ada');
});

afterAll(async () => {
  await browser?.close();
  await next?.stop();
  await observed?.stop();
  await backend?.dispose();
  await scratch?.remove();
});

/** Asks the application's own route from its own page. */
function post(body: string): Promise<{ status: number; body: string }> {
  return page.evaluate(async (text) => {
    const answer = await fetch('/api/chatkit', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text,
    });
    return { status: answer.status, body: await answer.text() };
  }, body);
}

/** Sends a form with a file of so many bytes from the application's own page. */
function uploadForm(bytes: number, path = '/attachments'): Promise<{ status: number; body: string }> {
  return page.evaluate(
    async ([size, address]) => {
      const form = new FormData();
      form.append('file', new File(['a'.repeat(size)], 'notes.txt', { type: 'text/plain' }));
      const answer = await fetch(address, { method: 'POST', body: form });
      return { status: answer.status, body: await answer.text() };
    },
    [bytes, path] as const,
  );
}

/** What stops the answer that is being written. */
function stop(): Locator {
  return page.getByRole('button', { name: 'Stop response' });
}

const LIST = JSON.stringify({ type: 'threads.list', params: {} });

describe('The chat in a Next.js application', () => {
  it('answers a member who has signed in with the identity provider', async () => {
    await ask(page, 'Who am I?');
    await finished(page);
    await expect(log(page)).toContainText('Ada Lindqvist');
    expect(await axeViolations(page)).toEqual([]);
    expect(complaints.all).toEqual([]);
  });

  it('tells the backend who asks, from which page and in which language, and nothing more', async () => {
    const chat = observed.seen.findLast(({ path }) => path === '/chatkit');
    expect(chat?.headers).toMatchObject({
      authorization: expect.stringMatching(/^Bearer \S+$/),
      'x-user-id': 'user_ada',
      'x-page-url': `${next.url}/`,
      'accept-language': expect.stringMatching(/^da/),
    });
    expect(chat?.headers).not.toHaveProperty('cookie');
  });

  it('keeps the token where neither scripts nor logs get at it', async () => {
    const token = observed.seen.at(-1)?.headers.authorization?.slice('Bearer '.length) ?? 'none';
    const session = (await page.context().cookies()).find(({ name }) => name === 'portal_session');
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    expect(await page.evaluate('document.cookie')).not.toContain('portal_session');
    expect(session?.value).not.toContain(token);
    expect(await page.content()).not.toContain(token);
    expect(next.output).not.toContain(token);
    expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).not.toContain(
      token,
    );
  });

  it('colours code with the one script it loads', async () => {
    const text = 'So:\n\n```ts\nconst seats = 12;\n```';
    const content = [{ type: 'output_text', text, annotations: [] }];
    await page.route('**/api/chatkit', async (route) => {
      const { params } = route.request().postDataJSON() as { params: { thread_id?: string } };
      const thread = { thread_id: params.thread_id, created_at: new Date().toISOString() };
      const item = { type: 'assistant_message', id: 'msg_code', ...thread, content };
      const event = { type: 'thread.item.done', item };
      await route.fulfill({ contentType: 'text/event-stream', body: `data: ${JSON.stringify(event)}\n\n` });
    });
    await ask(page, 'How many?');
    await log(page).locator('.hl-keyword', { hasText: 'const' }).waitFor();
    await page.unrouteAll();
    expect(complaints.all).toEqual([]);
  });

  it('uploads a picture through the application, and shows it from there', async () => {
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Attach files' }).click();
    await (await choosing).setFiles({ name: 'square.png', mimeType: 'image/png', buffer: SQUARE });
    await page.locator('.upload.ready', { hasText: 'square.png' }).waitFor();
    await ask(page, 'What is this?');
    await finished(page);
    const shown = log(page).locator('img').last();
    await shown.evaluate((image: { decode(): Promise<void> }) => image.decode());
    await expect(shown).toHaveAttribute('src', new RegExp(`^${next.url}/attachments/`));
    expect(observed.seen.map(({ path }) => path)).toContainEqual(
      expect.stringMatching(/^\/attachments\/atc_\w+\/upload\?token=/),
    );
  });

  it('takes a file in one request, for the member alone', async () => {
    const answer = await uploadForm(1000);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ type: 'file', name: 'notes.txt' });
    expect(observed.seen.findLast(({ path }) => path === '/attachments')?.headers.authorization).toMatch(
      /^Bearer /,
    );
  });

  it('refuses a file that is too large, whether or not its size is told', async () => {
    expect((await uploadForm(MAX_UPLOAD_BYTES)).status).toBe(413);
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const pieces = Readable.from(Array.from({ length: 20 }, () => Buffer.alloc(10_000)));
    const answer = await fetch(`${next.url}/attachments`, {
      method: 'POST',
      headers: { ...ONCE, origin: next.url, cookie, 'content-type': 'multipart/form-data; boundary=x' },
      body: Readable.toWeb(pieces),
      duplex: 'half',
    });
    // whoever notices first: the backend wants a length, the application counts
    expect(await answer.text()).toMatch(/length_required|payload_too_large/);
    expect([411, 413]).toContain(answer.status);
  });

  it('passes on uploads to addresses of attachments only, of members, from its own pages', async () => {
    const before = observed.seen.length;
    for (const path of [
      '/attachments/a/b',
      '/attachments/a/upload/more',
      '/attachments/..%2fchatkit/preview',
    ]) {
      expect((await uploadForm(10, path)).status).toBe(404);
    }
    const sent = async (origin: string): Promise<number> => {
      const parts = new FormData();
      parts.append('file', new Blob(['a']), 'a.txt');
      const form = new Response(parts);
      const headers = { ...ONCE, origin, 'content-type': form.headers.get('content-type') ?? '' };
      // with its head in one piece: a refusal may close the connection before anything more is written
      const body = await form.arrayBuffer();
      return (await fetch(`${next.url}/attachments`, { method: 'POST', headers, body })).status;
    };
    expect([await sent(next.url), await sent('https://evil.example')]).toEqual([401, 403]);
    expect((await fetch(`${next.url}/attachments/atc_1/preview?token=x`, { headers: ONCE })).status).toBe(
      401,
    );
    expect(observed.seen.length).toBe(before);
  });

  it('shows an answer while it is being written', async () => {
    await ask(page, 'Count to 20000');
    await expect(log(page)).toContainText('9, 10, 11', PATIENTLY);
    await expect(stop()).toBeVisible();
  });

  it('stops the backend when the member stops the answer', async () => {
    const running = observed.seen.findLast(({ body }) => body.includes('Count to 20000'));
    expect(running).toBeDefined();
    await stop().click();
    await running?.abandoned;
    await expect(stop()).toHaveCount(0);
  });

  it('renews an expired token once, and the member notices nothing', async () => {
    const before = observed.seen.length;
    observed.refuse = 1;
    expect((await post(LIST)).status).toBe(200);
    const [first, second, ...more] = observed.seen.slice(before);
    expect(more).toEqual([]);
    expect(second?.headers.authorization).not.toBe(first?.headers.authorization);
  });

  it('renews an expired token once for requests that come together', async () => {
    const before = observed.seen.length;
    observed.expired.add(observed.seen.at(-1)?.headers.authorization);
    const answers = await Promise.all(Array.from({ length: 6 }, () => post(LIST)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const tokens = observed.seen.slice(before).map(({ headers }) => headers.authorization);
    expect(new Set(tokens.filter((token) => !observed.expired.has(token))).size).toBe(1);
  });

  it('does not go on renewing when that is of no use', async () => {
    const before = observed.seen.length;
    observed.refuse = 9;
    expect((await post(LIST)).status).toBe(401);
    expect(observed.seen.length - before).toBe(2);
    observed.refuse = 0;
  });

  it('keeps the status and the error of the backend', async () => {
    const answer = await post('{"type":"threads.get_by_id","params":{"thread_id":"thr_unknown"}}');
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'not_found' } });
    const malformed = await post('{"type":"threads.nothing"}');
    expect([malformed.status, malformed.body]).toEqual([400, expect.stringContaining('invalid_request')]);
  });

  it('refuses a message that is too large before it is sent on', async () => {
    const before = observed.seen.length;
    expect((await post(`"${'x'.repeat(1024 * 1024)}"`)).status).toBe(413);
    expect(observed.seen.length).toBe(before);
  });

  it('refuses whoever has no session, and pages of other sites', async () => {
    const asked = (origin: string): Promise<Response> =>
      fetch(`${next.url}/api/chatkit`, { method: 'POST', headers: { ...ONCE, origin }, body: LIST });
    expect((await asked(next.url)).status).toBe(401);
    expect((await asked('https://evil.example')).status).toBe(403);
  });

  it.each([
    '//evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/./\\evil.example',
    '/%2e//evil.example',
  ])('returns from a sign-in to its own pages only, not to %s', async (wanted) => {
    const context = await browser.newContext();
    const other = await context.newPage();
    await other.goto(`${next.url}/api/auth/login?${new URLSearchParams({ return_to: wanted }).toString()}`);
    await other.locator('button[name="account"][value="user_dan"]').click();
    await other.getByRole('textbox', { name: 'Message' }).waitFor();
    expect(new URL(other.url()).origin).toBe(next.url);
    await context.close();
  });

  it('asks to sign in again after signing out', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect((await post(LIST)).status).toBe(401);
  });
});

describe('A Next.js application that is given a wrong path of the backend', () => {
  it('says so, and what to correct', async () => {
    const port = Number(new URL(next.url).port);
    await next.stop();
    next = await nextWith(port, `${observed.url}/chat`);
    await page.goto(next.url);
    // the provider knows the member still
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    const answer = await post(LIST);
    expect(answer.status).toBe(502);
    expect(JSON.parse(answer.body)).toMatchObject({
      error: { code: 'wrong_endpoint', message: expect.stringContaining('CHATKIT_URL') },
    });
    expect(next.output).toContain('There is no chat endpoint at /chat of the backend');
  });
});
