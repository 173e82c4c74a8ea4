import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { existsSync, openAsBlob } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { QueryRunner } from 'typeorm';
import type { QueryResult } from 'pg';
import packageJson from '../../../package.json' with { type: 'json' };
import type { TenantScope } from '../../../src/chatkit/core/index.js';
import { CreateTables1763900000000 } from '../../../src/store/migrations/1763900000000-create-tables.js';
import { CreateHeldRows1764300100000 } from '../../../src/store/migrations/1764300100000-create-held-rows.js';
import { documentsSchema } from '../../../src/documents/documents-schema.js';
import type { Results } from '../../../src/store/unit-of-work/statement.js';
import type { Statement, Transaction, UnitOfWork } from '../../../src/store/index.js';

/** Another version may lay it out in another way. */
const VERSION = packageJson.devDependencies['@electric-sql/pglite'];
const EMPTY_FOLDER = join(import.meta.dirname, `../../../.cache/pglite-${VERSION}.tar`);

/** A PostgreSQL with pgvector, in this process, that has the tables of documents. */
export interface VectorDatabase {
  readonly unitOfWork: Pick<UnitOfWork, 'connections' | 'pipeline' | 'read' | 'run'>;
  /** As the owner of everything. */
  readonly run: (sql: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export async function startVectorDatabase(): Promise<VectorDatabase> {
  const database = await created();
  const run = async (sql: string, values?: unknown[]): Promise<Record<string, unknown>[]> => {
    if (values === undefined) return (await database.exec(sql)).at(-1)?.rows ?? [];
    return (await database.query<Record<string, unknown>>(sql, values)).rows;
  };
  await run(
    'CREATE SCHEMA chatkit; CREATE ROLE chatkit_app NOLOGIN; GRANT USAGE ON SCHEMA chatkit TO chatkit_app',
  );
  const options = { type: 'postgres', schema: 'chatkit' };
  const runner = { query: run, dataSource: { options } } as unknown as QueryRunner;
  await new CreateTables1763900000000().up(runner);
  await new CreateHeldRows1764300100000().up(runner);
  for (const Migration of documentsSchema().migrations) await new Migration().up(runner);
  const unitOfWork = new EmbeddedUnitOfWork(database);
  return { unitOfWork, run, close: () => database.close() };
}

/** Its code runs for a second: to optimise it takes longer. */
async function created(): Promise<PGlite> {
  const flags = ['wasm-tier-up', 'wasm-dynamic-tiering'];
  for (const flag of flags) setFlagsFromString(`--no-${flag}`);
  try {
    return await PGlite.create({ extensions: { vector }, loadDataDir: await emptyFolder() });
  } finally {
    for (const flag of flags) setFlagsFromString(`--${flag}`);
  }
}

/** The folder of a database that has nothing yet, which takes two seconds to make: it is kept for the next run. */
async function emptyFolder(): Promise<Blob> {
  if (!existsSync(EMPTY_FOLDER)) {
    const database = await PGlite.create();
    const folder = await database.dumpDataDir('none');
    await database.close();
    await mkdir(dirname(EMPTY_FOLDER), { recursive: true });
    const unfinished = `${EMPTY_FOLDER}.${process.pid}`;
    await writeFile(unfinished, folder.stream());
    await rename(unfinished, EMPTY_FOLDER);
  }
  return openAsBlob(EMPTY_FOLDER);
}

/** As the unit of work of the store: one transaction, bound to its tenant by row-level security. */
class EmbeddedUnitOfWork implements Pick<UnitOfWork, 'connections' | 'pipeline' | 'read' | 'run'> {
  readonly connections = 10;

  constructor(private readonly database: PGlite) {}

  read<const Statements extends readonly Statement<unknown>[]>(
    scope: TenantScope,
    ...statements: Statements
  ): Promise<Results<Statements>> {
    return this.pipeline<Statements>(scope, ...statements);
  }

  pipeline<const Statements extends readonly Statement<unknown>[]>(
    scope: TenantScope,
    ...statements: Statements
  ): Promise<Results<Statements>> {
    return this.run(scope, (transaction) => transaction.finish<Statements>(...statements));
  }

  run<T>({ tenantId, userId }: TenantScope, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(async (connection) => {
      await connection.query(
        `SELECT set_config('chatkit.tenant', $1, true), set_config('chatkit.user', $2, true),
           set_config('search_path', 'chatkit, pg_temp', true), set_config('role', 'chatkit_app', true)`,
        [tenantId, userId],
      );
      const send = async (...statements: Statement<unknown>[]): Promise<QueryResult[]> => {
        const results = [];
        for (const { text, values } of statements) {
          results.push(await connection.query<Record<string, unknown>>(text, [...values]));
        }
        return results as unknown as QueryResult[];
      };
      return work({ query: send, finish: send } as unknown as Transaction);
    });
  }
}
