import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, escapeIdentifier } from 'pg';
import { EmbeddedPostgres } from '../../src/embedded-postgres/embedded-postgres.js';
import { runningServer } from '../../src/embedded-postgres/lock-file.js';
import { stopServer } from '../../src/embedded-postgres/server-process.js';
import { layDataFolder } from './data-folder.js';
import { leftScratch, makeScratch } from './scratch.js';

/** A PostgreSQL that is thrown away after use. */
export interface TestCluster {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startTestCluster(): Promise<TestCluster> {
  await sweep();
  const directory = await makeScratch();
  await layDataFolder(directory);
  const server = new EmbeddedPostgres({ directory, durable: false });
  const url = await server.ensureRunning();
  await makeCheap(url, join(directory, 'postgres', 'pg_hba.conf'));
  return {
    url,
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/**
 * What protects data and passwords that are kept is work for nothing here, done with each connection and each table. The
 * administrator's word is taken for it; any other login still has to prove who it is.
 */
async function makeCheap(url: string, rules: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const trusted = `host all ${escapeIdentifier(client.user ?? '')} 127.0.0.1/32 trust\n`;
  await writeFile(rules, trusted + (await readFile(rules, 'utf8')));
  await client.query('ALTER SYSTEM SET scram_iterations = 1');
  await client.query('ALTER SYSTEM SET autovacuum = off');
  await client.query('SELECT pg_reload_conf()');
  await client.end();
}

/** Removes the clusters of runs that were killed, with all else that is thrown away of theirs. */
async function sweep(): Promise<void> {
  for (const { whole, parts } of await leftScratch()) {
    for (const directory of parts) {
      const server = await runningServer(join(directory, 'postgres'));
      if (server !== undefined) await stopServer(server.pid);
    }
    await rm(whole, { recursive: true, force: true });
  }
}
