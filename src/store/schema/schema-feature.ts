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

/** How the rows of a table become lines of an export, of which each is one. */
export interface ExportedTable {
  readonly table: string;
  /** What the lines call such a row; no two tables the same. */
  readonly kind: string;
  /** What a line tells of a row. */
  readonly columns: readonly string[];
  /** The columns that tell the rows of a tenant apart, in the order of the lines; an index has them. */
  readonly key: readonly [string, ...string[]];
  /** The column with the user whom a row is about. Default: it is the tenant's, and in no export of one user. */
  readonly owner?: string;
  /** SQL that holds for rows which are the owner's indeed. Default: all are. */
  readonly isOwned?: string;
  /** Whether the first column of the key names a thread, which is exported together with these rows. Default false. */
  readonly isOfThread?: boolean;
}

/** What a table has of users, and what becomes of it when one is erased. */
export interface OfUser {
  /** The column that names the user. */
  readonly column: string;
  /**
   * `removed`: the rows go. `anonymised`: they stay, the user is replaced by the same for everybody. `pseudonymised`: by
   * the number of the erasure.
   */
  readonly erased: 'removed' | 'anonymised' | 'pseudonymised';
  /** Columns that tell of the user besides, and are replaced with it. Default: none. */
  readonly also?: readonly string[] | undefined;
  /** Which rows name a user in that column, as SQL text. Default: all. */
  readonly only?: string | undefined;
  /** Whether what is left stays when the tenant is erased. Default false. */
  readonly outlivesTenant?: boolean | undefined;
}

/** What a part of the application adds to every schema that holds tenants: tables of its own. */
export interface SchemaFeature {
  readonly migrations: readonly MigrationClass[];
  /** Names of the tables that hold rows of tenants, each after those it refers to. */
  readonly tables: readonly string[];
  /** Those of them that an export of a tenant has. Default: none. */
  readonly exported?: readonly ExportedTable[] | undefined;
  /** What tables have of users, by their names. What a table that is not named has belongs to the tenant alone. */
  readonly users?: Readonly<Record<string, OfUser>> | undefined;
  /** Of tables that are there once for all tenants, in the schema of their directory. Default: none. */
  readonly shared?: readonly MigrationClass[] | undefined;
  /** Names of such tables whose rows go with the tenant that they are of. Default: none. */
  readonly sharedTables?: readonly string[] | undefined;
  /** Makes tables that depend on what the database has, each time the schema is brought up to date. */
  readonly extend?: SchemaExtension | undefined;
  /** Names what `extend` has made in the schema of the directory, and makes in every other. Default: nothing. */
  readonly extendedTo?: (() => string) | undefined;
}
