import { Client } from 'pg';
import type { TestDatabase } from '../support/database.js';

/** Lets nobody into the database, and throws out who is there; or lets them in again. */
export async function admitConnections({ name }: TestDatabase, admitted: boolean): Promise<void> {
  const client = new Client({ connectionString: process.env['TEST_DATABASE_URL'] });
  await client.connect();
  await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${admitted}`);
  if (!admitted) {
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
  }
  await client.end();
}
