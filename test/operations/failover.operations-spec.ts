import { ChatClient } from '../app/support/chat-client.js';
import { Crowd } from '../app/support/crowd.js';
import { eventually } from '../app/support/eventually.js';
import { startApp, statusOf, untilReady, type RunningApp } from '../app/support/running-app.js';
import { PostgresPair } from './support/postgres-pair.js';

interface Health {
  readonly details: { readonly chatkit: Readonly<Record<string, unknown>> };
}

describe.each(['row', 'schema'])('a primary and its standby, with %s isolation', (isolation) => {
  let pair: PostgresPair;
  let app: RunningApp;

  beforeAll(async () => {
    pair = await PostgresPair.start();
    app = await startApp({ CHATKIT_DATABASE_URL: pair.url, CHATKIT_ISOLATION: isolation });
    await untilReady(app.url);
  });
  afterAll(async () => {
    await app?.close();
    await pair?.remove();
  });

  async function crowd(): Promise<Crowd> {
    const clients = Array.from({ length: 8 }, (_, index) =>
      ChatClient.of(app.url, { tenant: `org ${index % 3}`, user: `user ${index}` }),
    );
    return new Crowd(await Promise.all(clients));
  }

  it('change places under load: chat goes on by itself, and what was acknowledged is all there', async () => {
    const talking = await crowd();
    for (let promotion = 0; promotion < 3; promotion += 1) {
      await talking.toldMore(100);
      await pair.kill();
      await talking.refusedMore(8);
      await pair.promote();
      await untilReady(app.url);
      await talking.toldMore(50);
      await pair.follow();
    }
    await talking.stop();
    expect(talking.surprises).toEqual([]);
    const compared = await talking.compare();
    for (const { told, stored } of compared) expect(stored).toEqual(told);
    process.stdout.write(`${talking.told} acknowledged items compared after 3 promotions\n`);
  });

  it('have moments in which nothing may be written, which are named and end by themselves', async () => {
    const client = await ChatClient.of(app.url, { tenant: 'aurora', user: 'ada' });
    const { threadId, items } = await client.create('Before');
    await pair.set('default_transaction_read_only', 'on');
    await eventually('it is noticed', async () => (await statusOf(`${app.url}/health/ready`)) === 503);
    const health = (await (await fetch(`${app.url}/health`)).json()) as Health;
    // by the pool's connections, or a moment earlier by one past them
    const { reason, impairment } = health.details.chatkit;
    expect([reason, impairment]).toContain('read_only');
    await pair.set('default_transaction_read_only', undefined);
    await untilReady(app.url);
    expect((await client.items(threadId)).data).toEqual(items);
    expect((await client.create('After')).items).toHaveLength(2);
  });
});
