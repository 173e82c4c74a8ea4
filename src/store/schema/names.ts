import type { QueryRunner } from 'typeorm';

/** An identifier as SQL text. Names are made of letters, digits and underscores; nothing else is let in. */
export function quoted(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) throw new Error('not a name for a schema or a role');
  return `"${name}"`;
}

/**
 * The role that statements on a schema run under: it may use the tables, owns none of them, and row-level
 * security binds it.
 */
export function boundRoleOf(schema: string): string {
  return `${schema}_app`;
}

/** Stands for the login role itself wherever a role is set: `SET ROLE none`. */
export const LOGIN_ROLE = 'none';

/** Who the tables of the migrated schema are for: its bound role, or where that may not be used, the login. */
export async function granteeOf(runner: QueryRunner): Promise<string> {
  const role = boundRoleOf(schemaOf(runner));
  const found: unknown[] = await runner.query(
    `SELECT FROM pg_roles WHERE rolname = $1 AND pg_has_role(oid, 'MEMBER')`,
    [role],
  );
  return found.length > 0 ? quoted(role) : 'CURRENT_USER';
}

/** The schema that the migrating connection is set to: the same migrations serve every schema. */
export function schemaOf(runner: QueryRunner): string {
  const { options } = runner.dataSource;
  if (options.type === 'postgres' && options.schema !== undefined) return options.schema;
  throw new Error('migrations need a connection that is set to a schema');
}
