import { AUTH_ENV, tokenOf } from '../app/support/tokens.js';
import { RawClient } from '../http/raw-client.js';
import { rawInputs } from './support/raw-requests.js';
import { always, patience } from './support/runs.js';
import { CANARY } from './support/strangers.js';
import { START_MS, SturdyApp } from './support/sturdy-app.js';

/** Longer than the server lets a connection idle after which it hears nothing more. */
const PATIENCE_MS = 55_000;

/** What is wrong with all that came over a connection. */
function complaintAboutRaw(text: string): string | undefined {
  if ([CANARY, AUTH_ENV.AUTH_JWT_SECRET].some((secret) => text.includes(secret))) return 'tells a secret';
  const failed = Array.from(text.matchAll(/^HTTP\/1\.1 (5\d\d)/gm), ([, status]) => status);
  return failed.length === 0 ? undefined : `answers ${failed.join(', ')}`;
}

describe.each(['row', 'schema'])('A connection by %s, whatever comes over it,', (isolation) => {
  let server: SturdyApp;
  let token: string;

  beforeAll(async () => {
    server = await SturdyApp.start(isolation);
    token = await tokenOf({ tenant: 'org_aurora', user: 'ada' });
  }, START_MS);
  afterAll(() => server?.close(), START_MS);

  it(
    'is answered or closed, and leaves the server as it was',
    async () => {
      const port = Number(new URL(server.app.url).port);
      await always('sockets', rawInputs, async ({ bytes, isTorn }) => {
        const client = await RawClient.connect(port);
        try {
          client.send(Buffer.from(bytes.replaceAll('{token}', token), 'latin1'));
          if (isTorn) client.socket.destroySoon();
          else client.socket.end();
          const late = AbortSignal.timeout(PATIENCE_MS);
          late.addEventListener('abort', () => client.leave());
          const text = await client.untilClosed();
          const complaint = late.aborted ? 'stays open' : complaintAboutRaw(text);
          server.requireNoComplaint(JSON.stringify(bytes.slice(0, 500)), complaint, text);
        } finally {
          client.leave();
        }
      });
      expect((await server.ask('/health')).status).toBe(200);
    },
    patience('sockets'),
  );

  it('is no error of the server where what cannot be read comes behind what is answered', async () => {
    for (const next of ['GET / HTTP/1.1\n\n', 'G\0T / HTTP/1.1\r\n\r\n', 'GET /\u0080 HTTP/1.1\r\n\r\n']) {
      const client = await RawClient.connect(Number(new URL(server.app.url).port));
      client.send(`GET / HTTP/1.1\r\nHost: a\r\n\r\n${next}`).socket.end();
      await client.untilClosed();
      expect((await server.ask('/health')).status).toBe(200);
    }
  });

  it('harms nobody else', () => server.expectUnharmed(), START_MS);
});
