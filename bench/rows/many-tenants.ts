import { drive } from '../load/drive.js';
import { Requests } from '../load/requests.js';
import type { Running, Stage } from '../stage.js';
import { asked } from './big-data.js';
import { copyThreads, threadId } from './copies.js';
import { busy, BUSY } from './request-rows.js';
import { times, type Measure, type Row } from './row.js';
import { MEMBER } from './seed.js';

const COUNT = 3000;
const THREADS = 20;
const ITEMS = 6;

export interface Tenant {
  readonly requests: Requests;
  readonly thread: string;
}

/** Asks each of the tenants in turn. */
export async function inTurn(
  server: Running,
  stage: Stage,
  { tenants, scale }: { readonly tenants: readonly Tenant[]; readonly scale: number },
): Promise<Measure[]> {
  const count = Math.max(tenants.length, times(COUNT, scale));
  const lists = tenants.map(({ requests }) => requests.threads());
  const threads = tenants.map(({ requests, thread }) => requests.thread(thread));
  const measures: Measure[] = [];
  for (const [name, all] of Object.entries({ '`threads.list`': lists, '`threads.get_by_id`': threads })) {
    const request = (index: number): Buffer => all[index % all.length] ?? Buffer.alloc(0);
    // a tenant's first request is another matter: its token is verified, its place looked up
    await drive({ port: server.port, connections: BUSY, count: all.length, request });
    measures.push(
      ...asked(
        await busy(server, stage, { count, request }),
        `${name}, ${tenants.length.toLocaleString('en')} tenants`,
      ),
    );
  }
  return measures;
}

export const TENANTS_ROW: Row = {
  name: 'tenants',
  about: 'tenants in the same tables, kept apart by row-level security, asked in turn',
  repeated: false,
  chatkit: true,
  async measure(server, stage, { scale, tenants }) {
    const measures: Measure[] = [];
    let there = 0;
    for (const count of tenants) {
      const more = { tenant: 'tenant-', first: there + 1, last: count, threads: THREADS, items: ITEMS };
      await copyThreads(server.databaseUrl, server.threads[0] ?? '', more);
      there = count;
      const all = Array.from({ length: count }, (_, at) => ({
        requests: new Requests({ ...MEMBER, organisation: `tenant-${at + 1}` }),
        thread: threadId(1),
      }));
      measures.push(...(await inTurn(server, stage, { tenants: all, scale })));
    }
    return measures;
  },
};
