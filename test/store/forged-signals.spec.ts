import { Client } from 'pg';
import type { StoreParts } from '../../src/store/create-store.js';
import { eventually } from '../app/support/eventually.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';

/** All notifications of a database come in one order: what was said before this word was heard before it, if at all. */
const END = 'the end';

describe('What a login of the database notifies that is no replica', () => {
  let database: TestDatabase;
  let stranger: Client;
  const replicas: StoreParts[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
    const url = new URL(database.url);
    url.username = `stranger_${database.tag}`;
    url.password = 'secret';
    await database.query(`CREATE ROLE ${url.username} LOGIN PASSWORD 'secret'`);
    stranger = new Client({ connectionString: url.href });
    await stranger.connect();
  });
  afterEach(async () => {
    await stranger.end();
    for (const { signals, database: connection } of replicas.splice(0)) {
      await signals?.close();
      await connection.close();
    }
    await database.drop();
  });

  async function start() {
    const parts = await openStore(database, { CHATKIT_REPLICAS: '2' });
    replicas.push(parts);
    const { signals } = parts;
    if (signals === undefined) throw new Error('replicas have signals');
    signals.start();
    await eventually('it is connected', () => signals.isConnected);
    const heard: string[] = [];
    signals.subscribe('answers', (message) => heard.push(message));
    const hears = (message: string): Promise<unknown> =>
      eventually(`${message} is heard`, () => heard.includes(message));
    // the subscription is under way
    await eventually('it hears itself', async () => {
      await signals.publish('answers', 'begin');
      return heard.length > 0;
    });
    return { signals, heard: () => heard.filter((message) => message !== 'begin'), hears };
  }
  const notify = (text: string) => stranger.query('SELECT pg_notify($1, $2)', ['chatkit_answers', text]);

  it('is not heard, whether it makes it up or says again what a replica has said', async () => {
    const [first, second] = [await start(), await start()];
    const overheard: string[] = [];
    stranger.on('notification', ({ payload = '' }) => overheard.push(payload));
    await stranger.query('LISTEN chatkit_answers');
    await first.signals.publish('answers', 'stop');
    await second.hears('stop');
    await eventually('it is overheard', () => overheard.some((text) => text.endsWith('stop')));

    const later = await start();
    await notify('stop');
    // it hears itself, too
    for (const text of overheard.splice(0)) {
      await notify(text);
      await notify(text.replace('stop', 'made up'));
    }
    await first.signals.publish('answers', END);
    for (const replica of [first, second, later]) await replica.hears(END);
    expect(first.heard()).toEqual(['stop', END]);
    expect(second.heard()).toEqual(['stop', END]);
    expect(later.heard()).toEqual([END]);
  });

  it('cannot be sealed by it, nor by a statement that is about a tenant, since the key is hidden from both', async () => {
    await start();
    await expect(stranger.query('SELECT key FROM chatkit.signal_keys')).rejects.toThrow(/permission denied/);
    const client = await replicas[0]?.database.acquire({ tenantId: 'a', userId: 'a' });
    const seen = await client?.query('SELECT key FROM chatkit.signal_keys');
    client?.release();
    expect(seen?.rows).toEqual([]);
    expect(await database.query('SELECT length(key) AS bytes FROM chatkit.signal_keys')).toEqual([
      { bytes: 32 },
    ]);
  });
});
