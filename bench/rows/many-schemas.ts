import { ownServer, type Contestant } from '../contestants.js';
import { Connection } from '../load/connection.js';
import { percentile } from '../load/percentile.js';
import { Requests } from '../load/requests.js';
import { query } from '../machine/cluster.js';
import { privateBytes } from '../machine/proc.js';
import { inTurn, type Tenant } from './many-tenants.js';
import type { Measure, Row } from './row.js';
import { SchemaCopies } from './schema-copies.js';
import { createThread, MEMBER } from './seed.js';

/** Threads that the tenant has whose schema is copied. */
const THREADS = 2;
/** Tenants that come to each number of schemas for the first time, and so many of those that are there. */
const NEWCOMERS = 10;

const BY_SCHEMAS: Contestant = {
  name: 'own by schemas',
  about: 'like own, each tenant in a schema and with a role of its own',
  chatkit: true,
  command: (place) => ownServer(place, { CHATKIT_ISOLATION: 'schema' }),
};

function of(organisation: string): Requests {
  return new Requests({ ...MEMBER, organisation });
}

/** Milliseconds that each takes, one after the other. */
async function each<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (const one of all) {
    const start = performance.now();
    await work(one);
    taken.push(performance.now() - start);
  }
  return taken;
}

/** What the tables of all schemas cost PostgreSQL besides their rows: entries, bytes, and those of the largest connection. */
async function catalogue(url: string): Promise<Record<'relations' | 'bytes' | 'connection', number>> {
  const [found] = await query<{ relations: number; bytes: number; pids: number[] }>(
    url,
    `SELECT (SELECT count(*)::int FROM pg_class) AS relations,
       (SELECT sum(pg_total_relation_size(oid))::float8 FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'pg_catalog'::regnamespace) AS bytes,
       (SELECT array_agg(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()) AS pids`,
  );
  const { relations = 0, bytes = 0, pids = [] } = found ?? {};
  return { relations, bytes, connection: Math.max(0, ...pids.map(privateBytes)) };
}

export const SCHEMAS_ROW: Row = {
  name: 'schemas',
  about: 'tenants with a schema of their own each, asked in turn',
  repeated: false,
  chatkit: true,
  async measure({ contestant }, stage, { scale, schemas }) {
    // the isolation is the store's, the same under any server
    if (contestant.name !== 'own') return [];
    const server = await stage.start(BY_SCHEMAS);
    const measures: Measure[] = [];
    const first = of('tenant-1');
    let thread = '';
    try {
      const copies = await SchemaCopies.of(server.databaseUrl, 'tenant-1', async () => {
        const connection = await Connection.open(server.port);
        thread = await createThread(connection, first);
        for (let more = 1; more < THREADS; more += 1) await createThread(connection, first);
        connection.close();
      });
      const tenants: Tenant[] = [{ requests: first, thread }];
      for (const count of schemas) {
        const more = Array.from(
          { length: count - tenants.length },
          (_, at) => `tenant-${tenants.length + at + 1}`,
        );
        await copies.add(more);
        const added = more.map((tenant) => ({ requests: of(tenant), thread }));
        tenants.push(...added);
        // one from before would have been idle for too long
        const connection = await Connection.open(server.port);
        const newcomers = Array.from({ length: NEWCOMERS }, (_, at) => of(`new-${count}-${at}`));
        const made = await each(newcomers, (requests) => createThread(connection, requests));
        const met = await each(tenants.slice(-NEWCOMERS), ({ requests }) =>
          connection.send(requests.threads()),
        );
        connection.close();
        const turns = await inTurn(server, stage, { tenants, scale });
        const name = (what: string): string => `${what}, ${count.toLocaleString('en')} schemas`;
        const less = (what: string, unit: string, value: number): Measure => ({
          name: name(what),
          unit,
          value,
          better: 'less',
        });
        const { relations, bytes, connection: most } = await catalogue(server.databaseUrl);
        measures.push(
          less('first request of a tenant p50', 'ms', percentile(made, 0.5)),
          less('first request of a tenant whose schema is there p50', 'ms', percentile(met, 0.5)),
          less('entries of `pg_class`', '', relations),
          less('size of the catalogue', 'MB', bytes / 1e6),
          less('memory of a connection, at most', 'MB', most / 1e6),
          ...turns,
        );
      }
      return measures;
    } finally {
      await server.stop();
    }
  },
};
