import { Requests } from '../load/requests.js';
import { copyThreads, lengthen, threadId } from './copies.js';
import { busy } from './request-rows.js';
import { times, type Measure, type Row } from './row.js';
import { MEMBER } from './seed.js';

const COUNT = 1000;
const KEPT = new Set([
  'per second of server CPU',
  'answer p50, 16 connections',
  'PostgreSQL CPU per request',
]);

/** What is of interest where only the amount of data differs, named after that. */
export function asked(measures: readonly Measure[], what: string): Measure[] {
  return measures
    .filter(({ name }) => KEPT.has(name))
    .map(({ name, unit, value, better }) => ({ name: `${what}: ${name}`, unit, value, better }));
}

export const LONG_THREAD_ROW: Row = {
  name: 'long',
  about: 'pages of a thread with many items',
  repeated: false,
  chatkit: true,
  async measure(server, stage, { scale, longThread }) {
    const { requests, databaseUrl, threads } = server;
    const thread = threads.at(-1) ?? '';
    const ids = await lengthen(databaseUrl, thread, longThread);
    const pages = {
      'first page of `threads.get_by_id`': requests.thread(thread),
      'last page of `items.list`': requests.items(thread),
      'page in the middle of `items.list`': requests.items(thread, ids[ids.length >> 1]),
    };
    const measures: Measure[] = [];
    for (const [name, bytes] of Object.entries(pages)) {
      const found = await busy(server, stage, { count: times(COUNT, scale), request: () => bytes });
      measures.push(...asked(found, `${name}, ${longThread.toLocaleString('en')} items`));
    }
    return measures;
  },
};

export const MANY_THREADS_ROW: Row = {
  name: 'threads',
  about: '`threads.list` of a member with many threads',
  repeated: false,
  chatkit: true,
  async measure(server, stage, { scale, threadCounts }) {
    const measures: Measure[] = [];
    for (const count of threadCounts) {
      const tenant = `threads-${count}-`;
      const all = { tenant, first: 1, last: 1, threads: count, items: 0 };
      await copyThreads(server.databaseUrl, server.threads[0] ?? '', all);
      const requests = new Requests({ ...MEMBER, organisation: `${tenant}1` });
      const pages = {
        'first page': requests.threads(),
        'page in the middle': requests.threads(threadId(count >> 1)),
      };
      for (const [name, bytes] of Object.entries(pages)) {
        const found = await busy(server, stage, { count: times(COUNT, scale), request: () => bytes });
        measures.push(...asked(found, `${name}, ${count.toLocaleString('en')} threads`));
      }
    }
    return measures;
  },
};
