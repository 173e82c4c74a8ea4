import { DatabaseError } from 'pg';
import { boundRoleOf, quoted } from '../schema/names.js';
import type { SchemaKind } from '../schema/schema-features.js';
import { MIGRATIONS_TABLE } from './data-source.js';
import type { RunSql } from './prepare-schema.js';
import { CAN_LEAVE } from './serving-login.js';

/** What a schema has to have. */
export interface Wanted {
  readonly kind: SchemaKind;
  /** Names of the migrations that are to have run. */
  readonly migrations: readonly string[];
  /** The login that serves, where it is another than migrates. */
  readonly servingLogin: string | undefined;
}

/**
 * Asks in one statement, which changes nothing, whether the schema has all that `bringUpToDate()` would give it: its
 * migrations, the role that statements run under, which the login may take and row-level security binds, and the rights
 * of the login that serves.
 *
 * @returns false as well where that cannot be told at once, because a part of it is not there
 */
export async function isUpToDate(
  run: RunSql,
  schema: string,
  { kind, migrations, servingLogin }: Wanted,
): Promise<boolean> {
  const place = quoted(schema);
  const bound = [
    'NOT EXISTS (SELECT FROM pg_roles WHERE rolname = $1 AND (rolsuper OR rolbypassrls))',
    `NOT EXISTS (SELECT unnest($2::text[]) EXCEPT SELECT name FROM ${place}.${quoted(MIGRATIONS_TABLE)})`,
    `has_schema_privilege($1, '${schema}', 'USAGE')`,
    `has_table_privilege($1, '${place}.threads', 'SELECT')`,
  ];
  const admitted = [`NOT ${CAN_LEAVE('$3')}`, `pg_has_role($3, $1, 'MEMBER')`];
  const inDirectory = [
    `has_schema_privilege($3, '${schema}', 'USAGE')`,
    `has_function_privilege($3, '${place}.enter_tenant(text, boolean)', 'EXECUTE')`,
  ];
  const conditions = [
    ...bound,
    ...(servingLogin === undefined ? [] : admitted),
    ...(servingLogin === undefined || kind === 'tenant' ? [] : inDirectory),
  ];
  const values: unknown[] = [boundRoleOf(schema), migrations];
  if (servingLogin !== undefined) values.push(servingLogin);
  try {
    // the role is taken last, until the statement ends: what comes before is seen by the login
    const [found] = await run(
      `SELECT ${conditions.join(' AND ')} AS "isDone", set_config('role', $1, true)`,
      values,
    );
    return found?.['isDone'] === true;
  } catch (error) {
    if (error instanceof DatabaseError) return false;
    throw error;
  }
}
