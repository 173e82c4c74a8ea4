import { boundRoleOf, LOGIN_ROLE, quoted } from '../schema/names.js';
import { sqlState } from './connection-errors.js';

/** Runs one statement and returns its rows. One that fails undoes itself alone. */
export type RunSql = (sql: string, values?: unknown[]) => Promise<readonly Record<string, unknown>[]>;

const DUPLICATE = new Set(['42710', '42P06', '23505']);
const NOT_PERMITTED = '42501';

/** The login role lacks a right that the store cannot do without; the message says how to grant it. */
export class DatabaseSetupError extends Error {
  override readonly name = 'DatabaseSetupError';
}

export interface PrepareOptions {
  /**
   * Whether statements may run under the login role where it can neither make nor use another. Forced
   * row-level security binds the owner of a table too, unless it is a superuser or may bypass it.
   */
  readonly loginMayServe: boolean;
}

/**
 * Makes the schema and the role that statements run under, as far as they are missing, and checks that
 * row-level security binds that role.
 *
 * @param run runs in a transaction
 * @returns the role, or LOGIN_ROLE
 * @throws DatabaseSetupError when the login role may do neither and nobody has done it before
 */
export async function prepareSchema(
  run: RunSql,
  schema: string,
  { loginMayServe }: PrepareOptions,
): Promise<string> {
  const [found] = await run(
    `SELECT rolsuper OR rolbypassrls AS unbound FROM pg_roles WHERE rolname = current_user`,
  );
  try {
    const role = await prepareRole(run, schema);
    if (loginMayServe) await checkRights(run, schema, role);
    return role;
  } catch (error) {
    if (!(error instanceof RoleError) || !loginMayServe || found?.['unbound'] !== false) throw error;
    return LOGIN_ROLE;
  }
}

/** The login role may neither make nor use the role that statements should run under. */
class RoleError extends DatabaseSetupError {}

async function prepareRole(run: RunSql, schema: string): Promise<string> {
  const role = boundRoleOf(schema);
  const [found] = await run(
    `SELECT current_user AS login,
       EXISTS (SELECT FROM pg_namespace WHERE nspname = $1) AS "hasSchema",
       EXISTS (SELECT FROM pg_roles WHERE rolname = $2) AS "hasRole",
       EXISTS (SELECT FROM pg_roles WHERE rolname = $2 AND (rolsuper OR rolbypassrls)) AS "isUnbound"`,
    [schema, role],
  );
  const login = `"${String(found?.['login']).replaceAll('"', '""')}"`;
  const byHand = `CREATE ROLE ${role} NOLOGIN; GRANT ${role} TO ${login};`;
  if (found?.['isUnbound'] === true) {
    throw new DatabaseSetupError(
      `Row-level security does not bind the role ${role}; drop it, and run: ${byHand}`,
    );
  }
  if (found?.['hasSchema'] !== true) {
    await attempt(
      () => run(`CREATE SCHEMA ${quoted(schema)}`),
      `The database login may not create the schema; let an administrator run: ` +
        `CREATE SCHEMA ${schema} AUTHORIZATION ${login};`,
    );
  }
  const hint = `The database login may not use the role ${role}; let an administrator run: ${byHand}`;
  if (found?.['hasRole'] !== true) {
    await attempt(() => run(`CREATE ROLE ${quoted(role)} NOLOGIN`), hint, RoleError);
  }
  if (!(await canAssume(run, role))) {
    await attempt(() => run(`GRANT ${quoted(role)} TO CURRENT_USER`), hint, RoleError);
    if (!(await canAssume(run, role))) throw new RoleError(hint);
  }
  await attempt(() => run(`GRANT USAGE ON SCHEMA ${quoted(schema)} TO ${quoted(role)}`), hint);
  return role;
}

/** Tables that were made while the login served are not the role's, should it have appeared since. */
async function checkRights(run: RunSql, schema: string, role: string): Promise<void> {
  const [found] = await run(
    `SELECT has_table_privilege($1, to_regclass(format('%I.threads', $2::text)), 'SELECT') AS may`,
    [role, schema],
  );
  if (found?.['may'] === false) throw new RoleError(`The role ${role} has no rights on the tables`);
}

async function canAssume(run: RunSql, role: string): Promise<boolean> {
  try {
    await run(`SET LOCAL ROLE ${quoted(role)}`);
  } catch (error) {
    if (sqlState(error) === NOT_PERMITTED) return false;
    throw error;
  }
  await run('SET LOCAL ROLE none');
  return true;
}

async function attempt(
  step: () => Promise<unknown>,
  hint: string,
  Refusal: typeof DatabaseSetupError = DatabaseSetupError,
): Promise<void> {
  try {
    await step();
  } catch (error) {
    const state = sqlState(error);
    // Another instance, or one on another database of the cluster, was faster.
    if (state !== undefined && DUPLICATE.has(state)) return;
    if (state === NOT_PERMITTED) throw new Refusal(hint, { cause: error });
    throw error;
  }
}
