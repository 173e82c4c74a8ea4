import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { elementFiles } from './element-files.js';

const SINGLE = 'customElements;';
const CORE = 'import("./chatkit-code-B-1.js");';
let directory: string;
let server: Server;
let url: string;

interface Told {
  readonly src: string;
  readonly integrity: string;
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'element-'));
  await mkdir(join(directory, 'module'));
  await writeFile(join(directory, 'chatkit.js'), SINGLE);
  await writeFile(join(directory, 'module/chatkit.js'), 'import"./chatkit-core-A_0.js";');
  await writeFile(join(directory, 'module/chatkit-core-A_0.js'), CORE);
  await writeFile(join(directory, 'module/chatkit-code-B-1.js'), 'lowlight;');
  server = express().use(elementFiles(directory)).listen(0);
  await once(server, 'listening');
  url = `http://localhost:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.close();
  await rm(directory, { recursive: true });
});

async function told(): Promise<Told & { readonly module: Told }> {
  const answer = await fetch(`${url}/chatkit.json`);
  expect(answer.headers.get('cache-control')).toBe('no-cache');
  return (await answer.json()) as Told & { readonly module: Told };
}

function integrityOf(script: string): string {
  return `sha384-${createHash('sha384').update(script).digest('base64')}`;
}

async function expectKept(path: string, content: string): Promise<void> {
  const script = await fetch(url + path);
  expect(await script.text()).toBe(content);
  expect(script.headers.get('content-type')).toContain('text/javascript');
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
}

describe('The script of the element', () => {
  it('has an address to be kept for ever and a hash to check it by', async () => {
    const { src, integrity } = await told();
    expect(integrity).toBe(integrityOf(SINGLE));
    await expectKept(src, SINGLE);
  });

  it('has both as a module, too, whose parts lie beside it', async () => {
    const { module } = await told();
    expect(module).toEqual({ src: '/element/chatkit-core-A_0.js', integrity: integrityOf(CORE) });
    await expectKept(module.src, CORE);
    await expectKept('/element/chatkit-code-B-1.js', 'lowlight;');
  });

  it('is told of with the path at which a proxy publishes the server', async () => {
    const published = express().use('/desk', elementFiles(directory, '/desk')).listen(0);
    await once(published, 'listening');
    const site = `http://localhost:${(published.address() as AddressInfo).port}`;
    const { src, module } = (await (await fetch(`${site}/desk/chatkit.json`)).json()) as Awaited<
      ReturnType<typeof told>
    >;
    expect([src.slice(0, 14), module.src]).toEqual(['/desk/chatkit-', '/desk/element/chatkit-core-A_0.js']);
    const answers = await Promise.all([src, module.src].map((path) => fetch(site + path)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    published.close();
  });

  it.each(['/chatkit.js', '/element/chatkit.js'])('is asked for anew at %s', async (path) => {
    const script = await fetch(url + path);
    expect(script.status).toBe(200);
    expect(script.headers.get('cache-control')).toBe('no-cache');
    expect(script.headers.get('etag')).not.toBeNull();
  });

  it.each(['/chatkit.js', '/chatkit.json', '/element/chatkit.js', '/element/chatkit-code-B-1.js'])(
    'may be loaded by pages of any origin: %s',
    async (path) => {
      const { headers } = await fetch(url + path);
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    },
  );

  it.each(['/chatkit-0123456789abcdef.js', '/element/chatkit-code-old.js', '/element/../chatkit.json.js'])(
    'is not there under an address of another content: %s',
    async (path) => {
      expect((await fetch(url + path)).status).toBe(404);
    },
  );

  it('is told of anew when it was built anew', async () => {
    const before = await told();
    await writeFile(join(directory, 'chatkit.js'), 'other;');
    const after = await told();
    expect(after.integrity).toBe(integrityOf('other;'));
    expect(after.src).not.toBe(before.src);
  });
});
