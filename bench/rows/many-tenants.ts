import { ownServer, type Contestant } from '../contestants.js';
import { Connection } from '../load/connection.js';
import { drive } from '../load/drive.js';
import { percentile } from '../load/percentile.js';
import { Requests } from '../load/requests.js';
import type { Running, Stage } from '../stage.js';
import { asked } from './big-data.js';
import { copyThreads, threadId } from './copies.js';
import { busy, BUSY } from './request-rows.js';
import { times, type Measure, type Row } from './row.js';
import { createThread, MEMBER } from './seed.js';

const COUNT = 3000;
const THREADS = 20;
const ITEMS = 6;
/** Threads that each tenant with a schema of its own is given through the protocol. */
const OWN_THREADS = 2;

interface Tenant {
  readonly requests: Requests;
  readonly thread: string;
}

/** Asks each of the tenants in turn. */
async function inTurn(
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

const BY_SCHEMAS: Contestant = {
  name: 'own by schemas',
  about: 'like own, each tenant in a schema and with a role of its own',
  chatkit: true,
  command: (place) => ownServer(place, { CHATKIT_ISOLATION: 'schema' }),
};

export const SCHEMAS_ROW: Row = {
  name: 'schemas',
  about: 'tenants with a schema of their own each, asked in turn',
  repeated: false,
  chatkit: true,
  async measure({ contestant }, stage, { scale, schemas }) {
    // the isolation is the store's, the same under any server
    if (contestant.name !== 'own') return [];
    const server = await stage.start(BY_SCHEMAS);
    const connection = await Connection.open(server.port);
    const measures: Measure[] = [];
    const tenants: Tenant[] = [];
    try {
      for (const count of schemas) {
        const made: number[] = [];
        while (tenants.length < count) {
          const requests = new Requests({ ...MEMBER, organisation: `tenant-${tenants.length + 1}` });
          const start = performance.now();
          const thread = await createThread(connection, requests);
          made.push(performance.now() - start);
          for (let more = 1; more < OWN_THREADS; more += 1) await createThread(connection, requests);
          tenants.push({ requests, thread });
        }
        const of = `${count.toLocaleString('en')} schemas`;
        measures.push(
          {
            name: `first request of a tenant p50, ${of}`,
            unit: 'ms',
            value: percentile(made, 0.5),
            better: 'less',
          },
          ...(await inTurn(server, stage, { tenants, scale })),
        );
      }
      return measures;
    } finally {
      connection.close();
      await server.stop();
    }
  },
};
