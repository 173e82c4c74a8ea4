import type { MigrationInterface } from 'typeorm';
import type { RunSql } from '../connection/prepare-schema.js';

/** A migration; its name ends in the time, in milliseconds, that orders it among all of them. */
export type MigrationClass = new () => MigrationInterface;

/**
 * Brings optional tables of a schema up to date after its migrations, under the login role and while no other
 * instance does the same.
 *
 * @param schema name of the schema, safe as it is
 * @param grantee who the tables are for, as SQL text
 */
export type SchemaExtension = (run: RunSql, schema: string, grantee: string) => Promise<void>;

/** What a part of the application adds to every schema that holds tenants: tables of its own. */
export interface SchemaFeature {
  readonly migrations: readonly MigrationClass[];
  /** Names of the tables that hold rows of tenants, each after those it refers to. */
  readonly tables: readonly string[];
  /** Of tables that are there once for all tenants, in the schema of their directory. Default: none. */
  readonly shared?: readonly MigrationClass[] | undefined;
  /** Makes tables that depend on what the database has, each time the schema is brought up to date. */
  readonly extend?: SchemaExtension | undefined;
  /** Names what `extend` has made in the schema of the directory, and makes in every other. Default: nothing. */
  readonly extendedTo?: (() => string) | undefined;
}
