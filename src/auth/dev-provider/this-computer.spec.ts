import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { forThisComputer } from './this-computer.js';

/** What others would reach this computer at. */
const OUTSIDE = Object.values(networkInterfaces())
  .flat()
  .flatMap((at) => (at === undefined || at.internal || at.family !== 'IPv4' ? [] : [at.address]));

describe('What answers this computer alone', () => {
  let server: Server;
  let port: number;

  beforeAll(async () => {
    const inner = forThisComputer((_request, response) => response.end('in'));
    server = createServer((request, response) => inner(request, response, () => response.destroy()));
    await once(server.listen(0), 'listening');
    ({ port } = server.address() as AddressInfo);
  });

  afterAll(async () => {
    server.close();
    await once(server, 'close');
  });

  const ask = async (host: string, headers: Record<string, string> = {}): Promise<number> => {
    const answer = await fetch(`http://${host}:${port}/`, { headers });
    await answer.text();
    return answer.status;
  };

  it.each(['127.0.0.1', 'localhost', '127.0.0.2'])('is reached at %s', async (host) => {
    expect(await ask(host)).toBe(200);
  });

  it('is not reached at an address that others know, too', async () => {
    for (const address of OUTSIDE) expect(await ask(address)).toBe(403);
  });

  it.each([
    ['x-forwarded-for', '192.0.2.7'],
    ['x-forwarded-for', '127.0.0.1, 192.0.2.7'],
    ['x-real-ip', '2001:db8::7'],
    ['forwarded', 'for=192.0.2.7'],
  ])('is not reached through a proxy that tells of %s: %s', async (name, value) => {
    expect(await ask('127.0.0.1', { [name]: value })).toBe(403);
  });

  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])(
    'is reached through one that tells of %s',
    async (from) => {
      expect(await ask('127.0.0.1', { 'x-forwarded-for': from })).toBe(200);
    },
  );
});
