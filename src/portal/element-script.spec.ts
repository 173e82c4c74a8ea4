import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { elementScript } from './element-script.js';

const SCRIPT = 'customElements;';
let directory: string;
let server: Server;
let url: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'element-'));
  await writeFile(join(directory, 'chatkit.js'), SCRIPT);
  server = express().use(elementScript(directory)).listen(0);
  await once(server, 'listening');
  url = `http://localhost:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.close();
  await rm(directory, { recursive: true });
});

describe('The script of the element', () => {
  it('has an address to be kept for ever and a hash to check it by, for pages of any origin', async () => {
    const told = await fetch(`${url}/chatkit.json`);
    const { src, integrity } = (await told.json()) as { src: string; integrity: string };
    expect(told.headers.get('cache-control')).toBe('no-cache');
    expect(integrity).toBe(`sha384-${createHash('sha384').update(SCRIPT).digest('base64')}`);
    const script = await fetch(url + src);
    expect(await script.text()).toBe(SCRIPT);
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect(script.headers.get('access-control-allow-origin')).toBe('*');
    expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  it('is not there under an address of another content', async () => {
    expect((await fetch(`${url}/chatkit-0123456789abcdef.js`)).status).toBe(404);
  });
});
