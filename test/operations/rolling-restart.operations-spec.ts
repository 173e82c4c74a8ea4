import { ChatClient } from '../app/support/chat-client.js';
import { Crowd } from '../app/support/crowd.js';
import { AUTH_ENV } from '../app/support/tokens.js';
import { Readers } from './support/readers.js';
import { Replicas } from './support/replicas.js';

const READERS = 6;
const TALKERS = 4;

describe('three replicas that are restarted one after the other', () => {
  let replicas: Replicas;

  beforeAll(async () => {
    // many times what the balancer's check needs, on a machine that does other things, too
    replicas = await Replicas.start({ ...AUTH_ENV, CHATKIT_DRAIN_DELAY_MS: '3000' });
  });
  afterAll(async () => {
    await replicas?.remove();
  });

  const clients = (count: number, role: string): Promise<ChatClient[]> =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        ChatClient.of(replicas.url, { tenant: 'aurora', user: `${role}-${index}` }),
      ),
    );

  it('fail no read, refuse no question, and lose nothing of an answer', async () => {
    const [one] = await clients(1, 'reader');
    if (one === undefined) throw new Error('no reader');
    const { threadId } = await one.create('Count to 10');
    const readers = new Readers(
      Array.from({ length: READERS }, () => one),
      threadId,
    );
    const crowd = new Crowd(await clients(TALKERS, 'talker'));
    await readers.answeredMore(50);
    await crowd.toldMore(10);
    const ends = await replicas.restartEach();
    await readers.answeredMore(50);
    await crowd.toldMore(10);
    await Promise.all([readers.stop(), crowd.stop()]);
    const { answered, failures } = readers;
    const { told, refused, surprises } = crowd;
    process.stdout.write(
      `Rolling restart: ${answered} reads, ${failures.length} failed; ` +
        `${told} items of answers, ${refused} questions refused, ${surprises.length} answers broken\n`,
    );
    expect(failures).toEqual([]);
    expect(surprises).toEqual([]);
    expect(refused).toBe(0);
    for (const end of ends) expect(end).toMatchObject({ code: 0, signal: null });
    for (const { told: acknowledged, stored } of await crowd.compare()) expect(stored).toEqual(acknowledged);
  });
});
