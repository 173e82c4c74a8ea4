import type { NestExpressApplication } from '@nestjs/platform-express';
import { ChatKitAuthGuard } from '../../src/auth/index.js';
import { CHATKIT_IDENTITY } from '../../src/auth/identity/identity.port.js';
import { RequestGates } from '../../src/common/gates/request-gates.js';
import { create, errorOf, list } from './requests.js';
import { rawPost, type RawClient } from './raw-client.js';
import { begin, never, Stage } from './stage.js';
import type { TestApp } from './test-app.js';

const hasAnswer = (text: string): boolean => /\r\n\r\n\{.*\}/s.test(text);
const isDeparture = (line: string): boolean => line.startsWith('debug the client left');
const as = (user: string): Record<string, string> => ({ authorization: `Bearer ${user}` });

/** Guards all routes of the application, those that are guarded already among them. */
const guarded = (app: NestExpressApplication): unknown =>
  app.useGlobalGuards(
    new ChatKitAuthGuard(
      app.get(CHATKIT_IDENTITY, { strict: false }),
      undefined,
      app.get(RequestGates, { strict: false }),
    ),
  );

describe('the limits of what one sender takes', () => {
  const stage = new Stage();
  afterEach(() => stage.clear());

  /** Sends the beginning of a body, and no more. */
  async function halfSent(app: TestApp, user: string, bytes = 1): Promise<RawClient> {
    const client = await stage.connect(app);
    const received = app.received();
    const head = rawPost('', 'Content-Length: 50000').replace('Bearer u1', `Bearer ${user}`);
    client.send(head + ' '.repeat(bytes));
    await received;
    return client;
  }

  it('bound the requests of one user, and tell so without reading the next', async () => {
    const app = await stage.start({ maxRequestsPerUser: 2 });
    const first = await halfSent(app, 'u1');
    await halfSent(app, 'u1');
    const refused = await halfSent(app, 'u1', 0);
    const text = await refused.until(hasAnswer);
    expect(text).toMatch(/^HTTP\/1\.1 429 [^]*retry-after: 2/i);
    expect(text).toContain('"code":"too_many_requests"');
    expect(text).toContain('No more than 2 requests of one user');
    expect((await app.post(list, as('u2'))).status).toBe(200);
    first.leave();
    await app.log.until(isDeparture);
    expect((await app.post(list)).status).toBe(200);
  });

  it('count a request once, however many guards let it in', async () => {
    const app = await stage.start({ maxRequestsPerUser: 1 }, { before: guarded });
    expect((await app.post(list)).status).toBe(200);
  });

  it('bound the requests of one organisation', async () => {
    const app = await stage.start({ maxRequestsPerTenant: 2 });
    await halfSent(app, 'u1');
    await halfSent(app, 'u2');
    const refused = await app.post(list, as('u3'));
    expect(refused.status).toBe(429);
    expect(await errorOf(refused)).toMatchObject({
      code: 'too_many_requests',
      message: expect.stringContaining('2 requests of one organisation') as string,
    });
  });

  it('count a stream among the requests until it has opened', async () => {
    const app = await stage.start({ maxRequestsPerUser: 1 });
    app.server.script = begin(never);
    await (await stage.connect(app)).post(create()).until((text) => text.includes('partial'));
    await (await stage.connect(app)).post(create()).until((text) => text.includes('partial'));
    expect((await app.post(list)).status).toBe(200);
  });

  it('bound the streams of one organisation', async () => {
    const app = await stage.start({ maxStreamsPerTenant: 1 });
    app.server.script = begin(never);
    await (await stage.connect(app)).post(create()).until((text) => text.includes('partial'));
    expect((await app.post(create(), as('u2'))).status).toBe(429);
  });

  it('lend an organisation all streams, and begin no more than half for it once others have some', async () => {
    const app = await stage.start({ maxStreams: 6 });
    app.server.script = begin(never);
    const open = async (user: string) => {
      const client = await stage.connect(app);
      const bytes = rawPost(JSON.stringify(create())).replace('Bearer u1', `Bearer ${user}`);
      await client.send(bytes).until((text) => text.includes('partial'));
    };
    for (let count = 0; count < 4; count += 1) await open('u1');
    await open('u1@org_b');
    const refused = await app.post(create(), as('u2'));
    expect(refused.status).toBe(429);
    expect(await errorOf(refused)).toMatchObject({
      code: 'too_many_streams',
      message: expect.stringContaining('3 answers of one organisation') as string,
    });
    await open('u2@org_b');
  });

  it('bound the bytes of bodies of one user that have come and are not whole', async () => {
    const app = await stage.start({ maxBodyBytesPerUser: 100_000 });
    const clients: RawClient[] = [];
    for (let count = 0; count < 20; count += 1) clients.push(await halfSent(app, 'u1', 30_000));
    // each that is held has more than its share of the bound; the others are told
    await app.until(() => clients.filter(({ text }) => hasAnswer(text)).length >= 17);
    const refused = clients.filter(({ text }) => hasAnswer(text));
    expect(refused.length).toBeLessThan(20);
    for (const { text } of refused) {
      expect(text).toMatch(/^HTTP\/1\.1 429 [^]*retry-after: 2[^]*"code":"too_many_body_bytes"/i);
      expect(text).toContain('100000 bytes');
    }
    expect((await app.post(list, as('u2'))).status).toBe(200);
    const [held, ...others] = clients.filter(({ text }) => !hasAnswer(text));
    for (const other of others) other.leave();
    await app.until(() => app.log.lines.filter(isDeparture).length === others.length);
    held?.send(JSON.stringify(list).padStart(20_000, ' '));
    expect(await held?.until(hasAnswer)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('bound the bytes of all bodies, of which one organisation has half', async () => {
    const app = await stage.start({ maxBodyBytes: 40_000 });
    await halfSent(app, 'u1', 20_000);
    const refused = await app.post(create('x'.repeat(2000)), as('u2'));
    expect(refused.status).toBe(429);
    expect(await errorOf(refused)).toMatchObject({
      code: 'too_many_body_bytes',
      message: expect.stringContaining('20000 bytes') as string,
    });
  });

  it('let a body that is the only one be as long as a body may be', async () => {
    const app = await stage.start({ maxBodyBytes: 1024, maxBodyBytesPerUser: 1024 });
    const answer = await app.post(create('x'.repeat(500_000)));
    expect(answer.status).toBe(200);
    await answer.text();
  });
});
