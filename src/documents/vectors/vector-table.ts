import { tableRules, type SchemaExtension } from '../../store/index.js';

type RunSql = Parameters<SchemaExtension>[0];

/**
 * Where pgvector is in the database, as SQL text; it is installed where that is allowed.
 *
 * @returns undefined where there is no pgvector and none may be installed
 */
export async function findPgvector(run: RunSql): Promise<string | undefined> {
  const find = async (): Promise<string | undefined> => {
    const [found] = await run(
      `SELECT quote_ident(nspname) AS place FROM pg_extension
       JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'vector'`,
    );
    return typeof found?.['place'] === 'string' ? found['place'] : undefined;
  };
  const place = await find();
  if (place !== undefined) return place;
  try {
    await run('CREATE EXTENSION vector SCHEMA public');
  } catch {
    // another instance may have been faster; else it is not there, or not for this login
  }
  return find();
}

/**
 * Makes the table of vectors. One of other dimensions is made anew: what it held can be computed again.
 *
 * There is no index for it: a search looks at the vectors of one tenant alone, which are bounded in number, and
 * finds the nearest of them exactly.
 */
export async function makeVectorTable(
  run: RunSql,
  schema: string,
  grantee: string,
  { place, dimensions }: { readonly place: string; readonly dimensions: number },
): Promise<void> {
  const table = `"${schema}"."document_embeddings"`;
  const [found] = await run(
    `SELECT atttypmod AS dimensions FROM pg_attribute
     WHERE attrelid = to_regclass($1) AND attname = 'embedding'`,
    [table],
  );
  if (found?.['dimensions'] === dimensions) return;
  await run(`
    DROP TABLE IF EXISTS ${table};
    CREATE TABLE ${table} (
      "tenant_id" text NOT NULL,
      "document_id" text NOT NULL,
      "seq" integer NOT NULL,
      "model" text NOT NULL,
      "embedding" ${place}.vector(${dimensions}) NOT NULL,
      CONSTRAINT "document_embeddings_key" PRIMARY KEY ("tenant_id", "document_id", "seq"),
      CONSTRAINT "document_embeddings_of_chunk" FOREIGN KEY ("tenant_id", "document_id", "seq")
        REFERENCES "${schema}"."document_chunks" ("tenant_id", "document_id", "seq") ON DELETE CASCADE
    );
    ${tableRules(schema, 'document_embeddings', grantee)}`);
}
