import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { EmbeddedPostgres } from '../../src/embedded-postgres/embedded-postgres.js';
import { childrenOf, cpuSeconds, parentOf, programOf } from './proc.js';

/** Runs one statement, or several without values. */
export async function query<T extends object>(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** A real PostgreSQL, and the databases that were made in it. */
export class Cluster {
  readonly #databases: string[] = [];

  private constructor(
    private readonly url: string,
    readonly version: string,
    private readonly postmaster: number | undefined,
    private readonly end: () => Promise<void>,
  ) {}

  /** @param url of a PostgreSQL to use, as a role that may create databases and roles. Default: one is started */
  static async start(url?: string): Promise<Cluster> {
    if (url !== undefined) return Cluster.#at(url, async () => undefined);
    const directory = await mkdtemp(join(tmpdir(), 'nestjs-chatkit-bench-'));
    const server = new EmbeddedPostgres({ directory, durable: false });
    return Cluster.#at(await server.ensureRunning(), async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    });
  }

  static async #at(url: string, end: () => Promise<void>): Promise<Cluster> {
    const [row] = await query<{ version: string }>(
      url,
      `SELECT current_setting('server_version') AS version`,
    );
    const [version = ''] = row?.version.split(' ') ?? [];
    return new Cluster(url, version, await postmasterAt(url), end);
  }

  /** Makes an empty database. @returns its address */
  async createDatabase(): Promise<string> {
    const name = `bench_${randomBytes(5).toString('hex')}`;
    await query(this.url, `CREATE DATABASE ${name}`);
    this.#databases.push(name);
    return Object.assign(new URL(this.url), { pathname: `/${name}` }).href;
  }

  /** Begins to count the processor time of all its processes; undefined of one on another machine. */
  cpuClock(): (() => number) | undefined {
    const { postmaster } = this;
    if (postmaster === undefined) return undefined;
    const all = (): number[] => [postmaster, ...childrenOf(postmaster)];
    const before = new Map(all().map((pid) => [pid, cpuSeconds(pid)]));
    return () => all().reduce((sum, pid) => sum + cpuSeconds(pid) - (before.get(pid) ?? 0), 0);
  }

  async close(): Promise<void> {
    for (const name of this.#databases) await query(this.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await this.end();
  }
}

/** Process of the server behind a connection, where it runs on this machine. */
async function postmasterAt(url: string): Promise<number | undefined> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const pid = rows[0]?.pid ?? 0;
    return programOf(pid) === 'postgres' ? parentOf(pid) : undefined;
  } finally {
    await client.end();
  }
}
