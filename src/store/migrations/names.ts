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

/** The schema that the migrating connection is set to: the same migrations serve every schema. */
export function schemaOf(runner: QueryRunner): string {
  const { options } = runner.dataSource;
  if (options.type === 'postgres' && options.schema !== undefined) return options.schema;
  throw new Error('migrations need a connection that is set to a schema');
}
