import { Client } from 'pg';
import { hostUrls } from '../../config/postgres-url.js';
import { quoted } from '../schema/names.js';
import { DatabaseSetupError, type RunSql } from './prepare-schema.js';

/** The login that a URL names, or that the driver takes where it names none. */
export function loginOf(url: string): string {
  return new Client({ connectionString: hostUrls(url)[0] }).user ?? '';
}

/** SQL: whether the login may become what owns something, makes roles, or sees what others own. */
export const CAN_LEAVE = (login: string): string => `EXISTS (
  SELECT FROM pg_roles WHERE pg_has_role(${login}, oid, 'MEMBER') AND (
    rolsuper OR rolbypassrls OR rolcreaterole OR starts_with(rolname, 'pg_') OR EXISTS (
      SELECT FROM pg_shdepend
      WHERE refclassid = 'pg_authid'::regclass AND refobjid = pg_roles.oid AND deptype = 'o'))
)`;

/**
 * Lets the login that serves use the role that statements run under.
 *
 * @throws DatabaseSetupError when that login is not bound by itself: statements that leave the role would reach more
 */
export async function admitServingLogin(run: RunSql, login: string, role: string): Promise<void> {
  const [found] = await run(`SELECT ${CAN_LEAVE('$1')} AS "canLeave"`, [login]);
  if (found?.['canLeave'] === true) {
    throw new DatabaseSetupError(
      `The login ${login} of CHATKIT_DATABASE_URL owns something or may become what does: ` +
        'with CHATKIT_MIGRATION_URL it must own nothing; npm run database -- logins makes both',
    );
  }
  const [membership] = await run(`SELECT pg_has_role($1, $2, 'MEMBER') AS "isMember"`, [login, role]);
  if (membership?.['isMember'] === true) return;
  await run(`GRANT ${quoted(role)} TO ${loginName(login)}`);
}

/** Lets the login that serves ask the directory, before it takes a role, whether it may enter a tenant. */
export async function admitToDirectory(run: RunSql, login: string, schema: string): Promise<void> {
  await run(`GRANT USAGE ON SCHEMA ${quoted(schema)} TO ${loginName(login)}`);
  await run(`GRANT EXECUTE ON FUNCTION ${quoted(schema)}.enter_tenant(text, boolean) TO ${loginName(login)}`);
}

const loginName = (login: string): string => `"${login.replaceAll('"', '""')}"`;
