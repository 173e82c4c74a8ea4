import { createConnection } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { RawClient } from '../http/raw-client.js';
import { createTestDatabase } from '../support/database.js';
import { eventually } from './support/eventually.js';
import { create } from './support/requests.js';
import { startApp, statusOf, untilReady, type RunningApp } from './support/running-app.js';
import { tokenOf } from './support/tokens.js';

/** The error that an answer tells of. */
const errorIn = (text: string): Record<string, unknown> =>
  (JSON.parse(text.slice(text.indexOf('\r\n\r\n'))) as { error: Record<string, unknown> }).error;

/** Nobody needs the database to be refused. */
const PRODUCTION = { NODE_ENV: 'production', CHATKIT_ATTACHMENTS_SECRET: 's'.repeat(32) };

const CLOSED_TO_STRANGERS: readonly [method: string, path: string, status: number][] = [
  ['POST', '/chatkit', 401],
  ['PUT', '/chatkit/admin/organisation', 401],
  ['POST', '/chatkit/admin/documents', 401],
  ['POST', '/attachments', 401],
  ['POST', '/attachments/atc_1/upload', 404],
  ['PUT', '/attachments/atc_1/upload?token=x.y', 404],
  ['POST', '/nowhere', 404],
];

describe('connections', () => {
  const open: RawClient[] = [];
  const running: RunningApp[] = [];
  const onEnd: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const client of open.splice(0)) client.leave();
    for (const app of running.splice(0)) await app.close();
    for (const end of onEnd.splice(0)) await end();
  });

  async function start(env: NodeJS.ProcessEnv = {}): Promise<RunningApp> {
    const app = await startApp({ ...PRODUCTION, ...env });
    running.push(app);
    return app;
  }

  async function connect(app: RunningApp): Promise<RawClient> {
    const client = await RawClient.connect(Number(new URL(app.url).port));
    open.push(client);
    return client;
  }

  it('are closed that do not say what they want, or say it too slowly', async () => {
    const app = await start({ CHATKIT_HEADERS_TIMEOUT_MS: '200' });
    const silent = await connect(app);
    const slow = await connect(app);
    slow.send('GET /health/live HTTP/1.1\r\nHost: test\r\n');
    const drip = setInterval(() => slow.send('X-Slow: 1\r\n'), 20);
    await Promise.all([silent.untilClosed(), slow.untilClosed()]);
    clearInterval(drip);
    expect(slow.text).toMatch(/^HTTP\/1\.1 (408|431) /);
    expect(errorIn(slow.text)['code']).toMatch(/^request_(timeout|header_fields_too_large)$/);
    const isServed = async (): Promise<boolean> => (await statusOf(`${app.url}/health/live`)) === 200;
    await eventually('others are served', isServed);
  });

  it('all find a place in the line when a thousand come in one moment', async () => {
    const app = await start();
    const { port } = new URL(app.url);
    let connected = 0;
    const sockets = Array.from({ length: 1000 }, () =>
      createConnection(Number(port), '127.0.0.1', () => (connected += 1)),
    );
    // whoever found none would try again after a second
    const deadline = Date.now() + 500;
    for (let turn = 0; connected < sockets.length; turn += 1) {
      if (turn > 200 && Date.now() > deadline) break;
      await nextTurn();
    }
    for (const socket of sockets) socket.destroy();
    expect(connected).toBe(sockets.length);
  });

  it('are closed at once when there are too many', async () => {
    const app = await start({ CHATKIT_MAX_CONNECTIONS: '3' });
    const first = [await connect(app), await connect(app), await connect(app)];
    const further = await connect(app);
    await further.untilClosed();
    first[0]?.send('GET /health/live HTTP/1.1\r\nHost: test\r\n\r\n');
    expect(await first[0]?.until((text) => text.includes('"ok"'))).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('may send headers of a bounded size', async () => {
    const app = await start({ CHATKIT_HEADER_BYTES: '1024' });
    const client = await connect(app);
    client.send(`GET /health/live HTTP/1.1\r\nHost: test\r\nX-Long: ${'x'.repeat(2000)}\r\n\r\n`);
    const text = await client.untilClosed();
    expect(text).toMatch(/^HTTP\/1\.1 431 /);
    expect(errorIn(text)).toMatchObject({ code: 'request_header_fields_too_large' });
  });

  it.each([
    'no HTTP at all',
    'GET / HTTP/9\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n',
  ])('that cannot be read are told so as every error is told: %j', async (sent) => {
    const client = await connect(await start());
    client.send(`${sent}\r\n\r\n`);
    const text = await client.untilClosed();
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(text).toMatch(/^Connection: close\r$/m);
    expect(text).toMatch(/^Content-Type: application\/json; charset=utf-8\r$/m);
    expect(errorIn(text)).toEqual({
      code: 'invalid_request',
      message: 'Bad Request',
      field: 'request',
      correlation_id: expect.any(String),
    });
  });

  it('that spoil a request behind an answer under way end without a second answer in it', async () => {
    const database = await createTestDatabase();
    onEnd.push(() => database.drop());
    const app = await start({
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_OFFLINE_BENCH: 'true',
      CHATKIT_OFFLINE_DELAY_MS: '0',
    });
    await untilReady(app.url);
    const client = await connect(app);
    const token = await tokenOf({ tenant: 'one', user: 'ada' });
    const body = JSON.stringify(create('bench deltas=1000 delay=100'));
    const head = [
      'POST /chatkit HTTP/1.1',
      'Host: test',
      `Authorization: Bearer ${token}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    client.send(`${head.join('\r\n')}\r\n\r\n${body}`);
    await client.until((text) => text.includes('thread.created'));
    client.send('no HTTP at all\r\n\r\n');
    expect((await client.untilClosed()).match(/HTTP\/1\.1/g)).toHaveLength(1);
  });

  it('of strangers get a refusal without the body having been read, wherever it is for', async () => {
    const app = await start();
    // all at once: what is left of a body is waited for a second before the end
    await Promise.all(
      CLOSED_TO_STRANGERS.map(([method, path, status]) => expectRefusal(app, method, path, status)),
    );
  });

  async function expectRefusal(app: RunningApp, method: string, path: string, status: number): Promise<void> {
    const type = path.endsWith('organisation') ? 'application/json' : 'multipart/form-data; boundary=b';
    const head = `${method} ${path} HTTP/1.1\r\nHost: test\r\nContent-Type: ${type}\r\nContent-Length: 90000000\r\n\r\n`;
    // one waits for the answer before it sends anything, the other goes on sending and has to get it, too
    const clients = await Promise.all([connect(app), connect(app)]);
    for (const [at, client] of clients.entries()) client.send(head + (at === 0 ? '' : 'x'.repeat(300_000)));
    for (const answer of await Promise.all(clients.map((client) => client.untilClosed()))) {
      expect([method, path, answer]).toEqual([
        method,
        path,
        expect.stringMatching(new RegExp(`^HTTP/1\\.1 ${status} [^]*"code":`)),
      ]);
    }
  }

  it('of members who are no administrators get their refusal likewise', async () => {
    const app = await start();
    const client = await connect(app);
    const token = await tokenOf({ tenant: 'aurora', user: 'ada' });
    const head = `PUT /chatkit/admin/organisation HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer ${token}\r\n`;
    client.send(`${head}Content-Type: application/json\r\nContent-Length: 90000000\r\n\r\n`);
    expect(await client.untilClosed()).toMatch(/^HTTP\/1\.1 403 /);
  });
});
