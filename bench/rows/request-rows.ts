import { drive, type Driven } from '../load/drive.js';
import { percentile } from '../load/percentile.js';
import type { RequestBytes } from '../load/requests.js';
import { cpuSeconds } from '../machine/proc.js';
import type { Stage } from '../stage.js';
import { times, type Measure, type Row, type Seeded } from './row.js';

/** Connections that keep a server busy. */
export const BUSY = 16;
/** The clock of processes has ticks of 10 ms. */
const TICK = 0.01;

/** A request that is repeated. */
interface Kind {
  readonly name: string;
  readonly about: string;
  /** How many are sent over `BUSY` connections, and how many over one. */
  readonly counts: readonly [number, number];
  readonly stream?: boolean;
  readonly request: (server: Seeded) => (index: number) => RequestBytes;
}

/** Measures requests after a sixth of them, which are not counted. */
export async function busy(
  server: Pick<Seeded, 'port' | 'pid'>,
  { cluster }: Stage,
  order: {
    readonly count: number;
    readonly request: (index: number) => RequestBytes;
    readonly stream?: boolean;
  },
): Promise<readonly Measure[]> {
  const load = { port: server.port, connections: BUSY, ...order };
  await drive({ ...load, count: Math.ceil(order.count / 6) });
  const before = cpuSeconds(server.pid);
  const database = cluster.cpuClock();
  const driven = await drive(load);
  const spent = Math.max(TICK, cpuSeconds(server.pid) - before);
  const inDatabase = database?.();
  return [
    { name: 'per second of server CPU', unit: '1/s', value: driven.requests / spent, better: 'more' },
    { name: 'per second', unit: '1/s', value: driven.requests / driven.seconds, better: 'more' },
    ...latencies(driven, `${BUSY} connections`),
    ...(inDatabase === undefined
      ? []
      : ([
          {
            name: 'PostgreSQL CPU per request',
            unit: 'ms',
            value: (inDatabase * 1000) / driven.requests,
            better: 'less',
          },
        ] as const)),
  ];
}

function latencies({ latencies, firstEvents }: Driven, load: string): Measure[] {
  const of = (what: string, values: readonly number[]): Measure[] =>
    ([0.5, 0.99] as const).map((part) => ({
      name: `${what} p${part * 100}, ${load}`,
      unit: 'ms',
      value: percentile(values, part),
      better: 'less',
    }));
  return [...of('answer', latencies), ...(firstEvents.length > 0 ? of('first event', firstEvents) : [])];
}

function rowOf({ name, about, counts: [many, few], stream = false, request }: Kind): Row {
  return {
    name,
    about,
    repeated: true,
    chatkit: false,
    async measure(server, stage, { scale }) {
      const make = request(server);
      const loaded = await busy(server, stage, { count: times(many, scale), request: make, stream });
      const alone = { port: server.port, connections: 1, request: make, stream };
      await drive({ ...alone, count: times(few / 6, scale) });
      return [...loaded, ...latencies(await drive({ ...alone, count: times(few, scale) }), '1 connection')];
    },
  };
}

/** The first half of the threads is read, the second written to. */
function halves<T>(threads: readonly T[]): [readonly T[], readonly T[]] {
  const half = Math.ceil(threads.length / 2);
  return [threads.slice(0, half), threads.slice(half)];
}

function cycled(ids: readonly string[], index: number): string {
  return ids[index % ids.length] ?? '';
}

export const REQUEST_ROWS: readonly Row[] = (
  [
    {
      name: 'J1',
      about: '`threads.get_by_id` with 20 items',
      counts: [3000, 400],
      request: ({ requests, threads }) => {
        const [read] = halves(threads);
        return (index) => requests.thread(cycled(read, index));
      },
    },
    {
      name: 'J2',
      about: '`threads.list`, a page of 20',
      counts: [3000, 400],
      request: ({ requests }) => {
        const bytes = requests.threads();
        return () => bytes;
      },
    },
    {
      name: 'J3',
      about: '`items.list`, a page of 20',
      counts: [3000, 400],
      request: ({ requests, threads }) => {
        const [read] = halves(threads);
        return (index) => requests.items(cycled(read, index));
      },
    },
    {
      name: 'S2',
      about: '`threads.create`, an answer of 20 deltas',
      counts: [600, 150],
      stream: true,
      request: ({ requests }) => {
        const bytes = requests.create(20);
        return () => bytes;
      },
    },
    {
      name: 'S1',
      about: '`threads.add_user_message`, an answer of 200 deltas',
      counts: [200, 40],
      stream: true,
      request: ({ requests, threads }) => {
        const [, written] = halves(threads);
        return (index) => requests.say(cycled(written, index), 200);
      },
    },
  ] satisfies readonly Kind[]
).map(rowOf);
