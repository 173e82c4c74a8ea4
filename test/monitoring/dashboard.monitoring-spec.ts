import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../support/free-port.js';
import { AppProcess, Scratch } from '../app/support/app-process.js';
import { ChatClient } from '../app/support/chat-client.js';
import { Crowd } from '../app/support/crowd.js';
import { create } from '../app/support/requests.js';
import { untilReady } from '../app/support/running-app.js';
import { AUTH_ENV } from '../app/support/tokens.js';
import { Readers } from '../operations/support/readers.js';
import { createEmptyDatabase, type TestDatabase } from '../support/database.js';
import { shownPanels } from './support/panels.js';
import { drawPanels } from './support/picture.js';
import { Prometheus } from './support/prometheus.js';

/** Seconds that the picture shows; a test alone needs less. */
const SECONDS = process.env['WRITE_DOCS'] === undefined ? 30 : 60;
const TALKERS = 5;

/** What a model without a network and a healthy service have nothing of. */
const EMPTY = new Set([
  'Answers that failed',
  'Limits reached',
  'Removed for their age',
  'Repeated calls',
  'Calls of tools',
  'Duration of tools, 95%',
]);

describe('The dashboard', () => {
  let database: TestDatabase;
  let scratch: Scratch;
  let app: AppProcess;
  let prometheus: Prometheus;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    scratch = await Scratch.make();
    const [port, metricsPort] = [String(await freePort()), String(await freePort())];
    app = await AppProcess.start(scratch.directory, {
      ...AUTH_ENV,
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_METRICS_PORT: metricsPort,
      CHATKIT_OFFLINE_DELAY_MS: '20',
      CHATKIT_REPLICAS: '2',
      PORT: port,
    });
    await untilReady(app.url);
    prometheus = await Prometheus.start(`127.0.0.1:${metricsPort}`);
  });
  afterAll(async () => {
    await prometheus?.remove();
    await app?.dispose();
    await scratch?.remove();
    await database?.drop();
  });

  const clientOf = (user: string): Promise<ChatClient> => ChatClient.of(app.url, { tenant: 'aurora', user });

  /** Somebody who asks without a token, for what is not there, and leaves in the middle of an answer. */
  async function stumble(client: ChatClient): Promise<void> {
    await (await fetch(`${app.url}/chatkit`, { method: 'POST' })).body?.cancel();
    await client.refusal({ type: 'threads.get_by_id', params: { thread_id: 'thr_nowhere' } });
    for await (const event of client.stream(create('Count to 100')))
      if (event.type === 'thread.item.updated') break;
  }

  it('shows in every panel what a real server tells a real Prometheus', async () => {
    const reader = await clientOf('reader');
    const { threadId } = await reader.create('Count to 10');
    const readers = new Readers([reader], threadId);
    const names = Array.from({ length: TALKERS }, (_, index) => `talker-${index}`);
    const crowd = new Crowd(await Promise.all(names.map(clientOf)));
    const stumbler = await clientOf('stumbler');
    const end = Date.now() + SECONDS * 1000;
    while (Date.now() < end) {
      await stumble(stumbler);
      await pause(700);
    }
    const panels = await shownPanels(prometheus, SECONDS);
    await Promise.all([readers.stop(), crowd.stop()]);
    if (process.env['WRITE_DOCS'] !== undefined) await drawPanels(panels, 'dashboard');
    const bare = panels.filter(({ lines, type }) => type !== 'row' && lines.length === 0);
    expect(bare.map(({ title }) => title).filter((title) => !EMPTY.has(title))).toEqual([]);
    expect(readers.failures).toEqual([]);
  });
});
