import { Connection } from './connection.js';
import { Requests } from './requests.js';

/**
 * What a tenant sends that leaves nothing to others: keeps so many requests and streams of a delta a second going until
 * the process is ended. Says `going` once all streams are open.
 */
const [port = 0, requests = 0, streams = 0] = process.argv.slice(2).map(Number);

/** So many that the limits of one user do not matter. */
const USERS = 20;
const ORGANISATION = 'flood';
/** Streams that are begun at the same time. */
const OPENING = 40;
const DELAY_MS = 1000;
/** Deltas of a stream, which then lasts for ten minutes. */
const DELTAS = 600;

const members = Array.from(
  { length: USERS },
  (_, index) => new Requests({ user: `flood-${index}`, organisation: ORGANISATION }),
);
const memberOf = (index: number): Requests =>
  members[index % USERS] ?? new Requests({ user: '', organisation: '' });
let refused = 0;

/** Resolves with the first words of the stream. */
async function open(index: number): Promise<void> {
  const connection = await Connection.open(port);
  const opened = Promise.withResolvers<void>();
  const answer = connection.send(memberOf(index).create(DELTAS, DELAY_MS), {
    onBody: () => opened.resolve(),
  });
  const ended = answer.then(({ status, text }): never => {
    throw new Error(`Ended with ${status}: ${text.slice(0, 500)}`);
  });
  await Promise.race([opened.promise, ended]);
}

async function openStreams(first: number): Promise<void> {
  for (let index = first; index < streams; index += OPENING) await open(index);
}

async function ask(index: number): Promise<void> {
  const connection = await Connection.open(port);
  const list = memberOf(index).threads();
  for (;;) {
    const { status } = await connection.send(list);
    if (status !== 200) refused += 1;
  }
}

await Promise.all(Array.from({ length: Math.min(OPENING, streams) }, (_, index) => openStreams(index)));
for (let index = 0; index < requests; index += 1) void ask(index);
process.stdout.write('going\n');
process.on('SIGTERM', () => process.exit(refused === 0 ? 0 : 1));
