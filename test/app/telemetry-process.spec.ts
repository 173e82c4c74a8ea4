import { freePort } from '../support/free-port.js';
import { createEmptyDatabase, type TestDatabase } from '../support/database.js';
import { AppProcess, Scratch } from './support/app-process.js';
import { ChatClient } from './support/chat-client.js';
import { eventually } from './support/eventually.js';
import { create } from './support/requests.js';
import { untilReady } from './support/running-app.js';
import { AUTH_ENV } from './support/tokens.js';

describe('The built server as a process', () => {
  let database: TestDatabase;
  let scratch: Scratch;
  let app: AppProcess;
  let metricsUrl: string;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    scratch = await Scratch.make();
    const metricsPort = String(await freePort());
    metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
    app = await AppProcess.start(scratch.directory, {
      ...AUTH_ENV,
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_LOG_LEVEL: 'warn',
      CHATKIT_METRICS_PORT: metricsPort,
      PORT: String(await freePort()),
    });
    await untilReady(app.url);
  });

  afterAll(async () => {
    await app?.dispose();
    await scratch?.remove();
    await database?.drop();
  });

  it('serves metrics beside its routes', async () => {
    const client = await ChatClient.of(app.url, { tenant: 'aurora', user: 'ada' });
    await client.turn(create('Hello'));
    await eventually('the answer is counted', async () => {
      const metrics = await (await fetch(metricsUrl)).text();
      return /^chatkit_request_duration_count\{.*type="threads.create".*\} 1$/m.test(metrics);
    });
  });

  it('logs what was configured, for debugging after a signal, and again as before after another', async () => {
    const lines = (): number => app.soFar.split('request answered').length - 1;
    const probe = async (): Promise<void> => void (await (await fetch(`${app.url}/health/live`)).text());
    const change = async (level: string): Promise<void> => {
      process.kill(app.pid ?? 0, 'SIGUSR2');
      await eventually('it has changed', () => plain(app.soFar).includes(`The log level is ${level}`));
    };
    expect(lines()).toBe(0);
    await change('debug');
    await probe();
    await eventually('a probe leaves a line', () => lines() > 0);
    await change('warn');
    const before = lines();
    await probe();
    const client = await ChatClient.of(app.url, { tenant: 'aurora', user: 'ada' });
    await client.turn(create('Hello'));
    expect(lines()).toBe(before);
  });

  it('ends in order with an exporter that still serves', async () => {
    expect(await app.end('SIGTERM')).toMatchObject({ code: 0, signal: null });
  });
});

/** Without colours. */
function plain(text: string): string {
  return text.replaceAll(new RegExp(`${String.fromCodePoint(27)}\\[\\d+m`, 'g'), '');
}
