import { parseArgs } from 'node:util';
import { drive } from './load/drive.js';
import { seed } from './rows/seed.js';
import { SOAKED } from './contestants.js';
import { pinLoad } from './machine/pinning.js';
import { Stage } from './stage.js';

/** Bytes that a request may leave in the heap: what is kept for ever would be more. */
const PER_REQUEST = 100;
/** Bytes that a stream may leave there. */
const PER_STREAM = 1000;
/** What a heap differs by from one look to the next, however little was asked. */
const SLACK = 700_000;
const CONNECTIONS = 16;
const DELTAS = 20;

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    streams: { type: 'string', default: '10000' },
    database: { type: 'string' },
  },
});
const requests = Number(values.requests);
const streams = Number(values.streams);
pinLoad();
const stage = await Stage.open(values.database);
try {
  const server = await seed(await stage.start(SOAKED), { threads: 10, turns: 10 });
  const load = { port: server.port, connections: CONNECTIONS };
  const kinds = [server.requests.threads(), ...server.threads.map((id) => server.requests.thread(id))];
  const request = (index: number): Buffer => kinds[index % kinds.length] ?? Buffer.alloc(0);
  const ask = (count: number) => drive({ ...load, count, request });
  const created = server.requests.create(DELTAS);
  const stream = (count: number) => drive({ ...load, count, request: () => created, stream: true });

  // caches fill, code is compiled
  await ask(Math.ceil(requests / 5));
  await stream(Math.ceil(streams / 5));
  const start = await server.heapBytes();
  await ask(requests);
  const asked = await server.heapBytes();
  await stream(streams);
  const streamed = await server.heapBytes();
  const flat = [
    judged(`${requests} requests`, asked - start, PER_REQUEST * requests),
    judged(`${streams} streams`, streamed - asked, PER_STREAM * streams),
  ];
  process.exitCode = flat.every(Boolean) ? 0 : 1;
} finally {
  await stage.close();
}

function judged(what: string, grown: number, allowed: number): boolean {
  const bound = SLACK + allowed;
  const flat = grown <= bound;
  process.stdout.write(
    `${what}: the heap grew by ${kB(grown)}, ${flat ? 'within' : 'beyond'} ${kB(bound)}\n`,
  );
  return flat;
}

function kB(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
