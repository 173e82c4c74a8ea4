import type { Server } from 'node:http';
import { promisify } from 'node:util';
import { eventually } from '../app/support/eventually.js';
import { RawClient } from '../http/raw-client.js';
import { startAttachmentsApp } from './support/attachments-app.js';
import { PNG, previewUrl, Uploader, type ClientFile } from './support/uploader.js';

/** More than the operating system takes for a client that does not read. */
const LARGE: ClientFile = {
  ...PNG,
  content: Buffer.concat([PNG.content as Uint8Array, Buffer.alloc(16 << 20)]),
};

describe('an image', () => {
  it('is not kept ready for a client that does not read it', async () => {
    let server: Server | undefined;
    const app = await startAttachmentsApp({ CHATKIT_STALL_TIMEOUT_MS: '500' }, undefined, {
      prepare: (given) => (server = given.getHttpServer()),
    });
    try {
      const anna = await Uploader.of(app, { tenant: 'acme', user: 'anna' });
      const url = new URL(app.reach(previewUrl(await anna.attach(LARGE))));
      server?.closeIdleConnections();
      const connections = (): Promise<number> =>
        server === undefined ? Promise.resolve(0) : promisify(server.getConnections.bind(server))();
      await eventually('nobody is connected', async () => (await connections()) === 0);
      const client = await RawClient.connect(Number(url.port));
      client.socket.pause();
      client.send(`GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: test\r\n\r\n`);
      await eventually('the client is connected', async () => (await connections()) === 1);
      await eventually('the client is cut off', async () => (await connections()) === 0);
      client.socket.resume();
      const received = await client.untilClosed();
      expect(received).toMatch(/^HTTP\/1\.1 200 /);
      expect(received.length).toBeLessThan(LARGE.content.length);
    } finally {
      await app.close();
    }
  });
});
