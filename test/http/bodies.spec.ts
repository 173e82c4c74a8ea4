import { create, list } from './requests.js';
import { RawClient, rawPost } from './raw-client.js';
import { TestApp } from './test-app.js';

const LIMIT = 2048;
const hasAnswer = (text: string): boolean => /\r\n\r\n\{.*\}/s.test(text);

describe('request bodies', () => {
  let app: TestApp;
  let client: RawClient;

  beforeAll(async () => {
    app = await TestApp.start({ bodyLimit: LIMIT });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    client = await RawClient.connect(app.port);
  });
  afterEach(() => client.leave());

  it('refuses a declared length over the limit before anything is sent', async () => {
    client.send(rawPost('', 'Content-Length: 10000000000'));
    const text = await client.until(hasAnswer);
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(text).toMatch(/connection: close/i);
    expect(text).toContain('"code":"payload_too_large"');
    await client.untilClosed();
  });

  it('takes a body of exactly the limit', async () => {
    const text = JSON.stringify(list);
    expect((await app.post(text.padEnd(LIMIT, ' '))).status).toBe(200);
    expect((await app.post(text.padEnd(LIMIT + 1, ' '))).status).toBe(413);
  });

  it('counts a body that comes in chunks', async () => {
    client.send(rawPost('', 'Transfer-Encoding: chunked'));
    const chunk = `400\r\n${'x'.repeat(0x400)}\r\n`;
    client.send(chunk + chunk + chunk);
    expect(await client.until(hasAnswer)).toMatch(/^HTTP\/1\.1 413 /);
    await client.untilClosed();
  });

  it('lets a client that goes on sending read its refusal', async () => {
    client.send(rawPost('x'.repeat(200_000), 'Content-Length: 100000000'));
    expect(await client.until(hasAnswer)).toContain('"code":"payload_too_large"');
  });

  it('does not reset the connection of a client that sends all of a body that is too large', async () => {
    const size = 3 * 1024 * 1024;
    client.send(rawPost('', `Content-Length: ${size}`));
    await client.until(hasAnswer);
    client.send('x'.repeat(size));
    expect(await client.untilClosed()).toMatch(/^HTTP\/1\.1 413 /);
    expect(client.socket.errored).toBeNull();
  });

  it('does not reset the connection of a client that wants it closed', async () => {
    client.send(`POST /chatkit HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Length: 1000\r\n\r\n`);
    await client.until((text) => text.includes('"unauthorized"'));
    client.send('x'.repeat(1000));
    await client.untilClosed();
    expect(client.socket.errored).toBeNull();
  });

  it('keeps the connection after refusing a small body it has not read', async () => {
    client.send(`POST /chatkit HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\n`);
    await client.until((text) => text.includes('"unauthorized"'));
    client.send('x'.repeat(100)).post(list);
    expect(await client.until((text) => text.includes('has_more'))).toMatch(/HTTP\/1\.1 200 /);
  });

  it('does not wait for ever for a slow body', async () => {
    const hasty = await TestApp.start({ bodyTimeoutMs: 50 });
    const slow = await RawClient.connect(hasty.port);
    slow.send(rawPost('{"type":', 'Content-Length: 100'));
    const text = await slow.until(hasAnswer);
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(text).toContain('"code":"request_timeout"');
    slow.leave();
    await hasty.close();
  });

  it('forgets a client that leaves in the middle of its body', async () => {
    client.send(rawPost('{"type":', 'Content-Length: 100'));
    await app.received();
    client.leave();
    await app.log.until((line) => line.startsWith('debug the client left'));
    expect(app.log.of('error')).toEqual([]);
  });

  it('puts characters together that were cut apart', async () => {
    const bytes = Buffer.from(rawPost(JSON.stringify(create('Grüße 👋'))));
    for (const byte of bytes) client.send(Uint8Array.of(byte));
    const text = await client.until((received) => received.includes('Hello'));
    expect(text).toContain('"text":"Grüße 👋"');
  });

  it('refuses bytes that are no UTF-8', async () => {
    const broken = Buffer.from(JSON.stringify(list)).fill(0xff, 2, 3);
    const head = rawPost('', `Content-Length: ${broken.length}`);
    client.send(Buffer.concat([Buffer.from(head), broken]));
    const text = await client.until(hasAnswer);
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain('"code":"invalid_request"');
  });

  it('refuses ten thousand levels of nesting', async () => {
    const roomy = await TestApp.start();
    const response = await roomy.post(
      `{"type":"threads.list","params":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
    );
    expect(response.status).toBe(400);
    await roomy.close();
  });

  it('answers requests that were sent without waiting, in their order', async () => {
    client
      .post(list)
      .post({ type: 'threads.get_by_id', params: { thread_id: 'thr_1' } })
      .post(create());
    const text = await client.until((received) => received.includes('Hello'));
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 404', 'HTTP/1.1 200']);
  });

  it('serves old clients, marking the end of a stream by closing', async () => {
    client.send(rawPost(JSON.stringify(create())).replace('HTTP/1.1', 'HTTP/1.0'));
    const text = await client.untilClosed();
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    expect(text).not.toMatch(/transfer-encoding/i);
    expect(text).toContain('data: {"type":"thread.item.done"');
  });
});
