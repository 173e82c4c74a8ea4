import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { axeViolations } from './browser.js';
import { expect } from './expect.js';
import { useOwnPortal } from './portal.js';

/** A page as somebody writes it who has copied one file, and no other, into a folder of the own site. */
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Plain page</title>
    <link rel="icon" href="/favicon.svg" />
    <script src="/assets/listen.js"></script>
    <script src="/assets/copied/chatkit.js"></script>
  </head>
  <body>
    <main><h1>Plain page</h1><openai-chatkit></openai-chatkit></main>
    <script src="/assets/start.js"></script>
  </body>
</html>`;

const LISTEN = `window.told = [];
for (const name of ['chatkit-script-loaded', 'chatkit-script-error'])
  addEventListener(name, () => told.push(name));`;

/** Answers by itself, so that nobody has to sign in. */
const START = `const words = 'Look:\\n\\n\`\`\`ts\\nconst seats = 12;\\n\`\`\`';
const at = { thread_id: 'thr_1', created_at: '2026-01-01T00:00:00Z' };
const thread = { id: 'thr_1', created_at: at.created_at, status: { type: 'active' }, items: { data: [], has_more: false } };
const content = [{ type: 'output_text', text: words, annotations: [] }];
document.querySelector('openai-chatkit').setOptions({
  api: {
    url: '/chatkit',
    domainKey: 'own',
    async fetch(url, { body }) {
      const { type, params } = JSON.parse(body);
      if (type !== 'threads.create') return Response.json({ data: [], has_more: false });
      const user = { ...at, ...params.input, type: 'user_message', id: 'u1', attachments: [] };
      const events = [
        { type: 'thread.created', thread },
        { type: 'thread.item.done', item: user },
        { type: 'thread.item.done', item: { ...at, type: 'assistant_message', id: 'a1', content } },
      ];
      const text = events.map((event) => 'data: ' + JSON.stringify(event) + '\\n\\n').join('');
      return new Response(text, { headers: { 'content-type': 'text/event-stream' } });
    },
  },
});`;

let webDirectory: string;

const portal = useOwnPortal(async () => {
  webDirectory = await mkdtemp(join(tmpdir(), 'single-file-'));
  const assets = join(webDirectory, 'portal/assets');
  await mkdir(join(assets, 'copied'), { recursive: true });
  await cp(join(import.meta.dirname, '../../dist/web/element/chatkit.js'), join(assets, 'copied/chatkit.js'));
  await writeFile(join(webDirectory, 'portal/index.html'), PAGE);
  await writeFile(join(webDirectory, 'portal/favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(assets, 'listen.js'), LISTEN);
  await writeFile(join(assets, 'start.js'), START);
  return { webDirectory };
});

afterAll(() => rm(webDirectory, { recursive: true }));

describe('The single file of the element', () => {
  it('is enough for a page with a plain script tag, under a strict policy', async () => {
    const { page, complaints } = await portal.visitor();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${portal.url}/`);
    const field = page.getByRole('textbox', { name: 'Message' });
    await field.fill('How many?');
    await field.press('Enter');
    await page.locator('.hl-keyword', { hasText: 'const' }).waitFor();
    await page.getByRole('button', { name: 'Copy code' }).waitFor();
    await expect.poll(() => page.evaluate('told')).toEqual(['chatkit-script-loaded']);
    expect(asked.filter((path) => path.includes('chatkit'))).toEqual(['/assets/copied/chatkit.js']);
    expect([...(await axeViolations(page)), ...complaints.all]).toEqual([]);
  });
});
