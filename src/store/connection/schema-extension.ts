import type { RunSql } from './prepare-schema.js';

/**
 * Brings optional tables of a schema up to date after its migrations, under the login role and while no other
 * instance does the same.
 *
 * @param schema name of the schema, safe as it is
 * @param grantee who the tables are for, as SQL text
 */
export type SchemaExtension = (run: RunSql, schema: string, grantee: string) => Promise<void>;
