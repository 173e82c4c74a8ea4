import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { CommandError } from '../common/command-error.js';
import { boundRoleOf, quoted } from '../store/schema/names.js';
import { messageOf } from '../store/connection/connection-errors.js';
import { singleClient } from '../store/connection/single-client.js';
import type { RunSql } from '../store/connection/prepare-schema.js';

/** The two logins of an application: one that owns its tables, and one that serves and owns nothing. */
export interface Logins {
  readonly migrating: string;
  readonly serving: string;
}

export interface MakeLoginsOptions extends Logins {
  /** Schema of the tables; those of tenants begin with it. */
  readonly schema: string;
  /** Whether tenants have roles of their own, which the migrating login then makes. */
  readonly makesRoles: boolean;
}

const ITERATIONS = 4096;
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const PASSWORD_BYTES = 24;
/** Milliseconds. */
const CONNECT_TIMEOUT = 10_000;

/** Kinds of `pg_class` that have an owner of their own. */
const RELATIONS = `SELECT format('ALTER %s %I.%I OWNER TO', CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
    nspname, relname) AS change
  FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
  WHERE nspname = $1 AND relkind IN ('r', 'p', 'v', 'm', 'S')
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND classid = 'pg_class'::regclass
      AND deptype IN ('a', 'i') AND refclassid = 'pg_class'::regclass)`;
const ROUTINES = `SELECT format('ALTER ROUTINE %s OWNER TO', pg_proc.oid::regprocedure) AS change
  FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace WHERE nspname = $1`;

/**
 * Makes both logins, or gives those that are there new passwords, and hands what is there of the application over to
 * the migrating one.
 *
 * @param run runs in a transaction, as an administrator of the database
 * @returns their passwords, which nobody can read later
 */
async function makeLogins(run: RunSql, options: MakeLoginsOptions): Promise<Logins> {
  const { schema, makesRoles } = options;
  const [migrating, serving] = [quoted(options.migrating), quoted(options.serving)];
  const passwords = { migrating: newPassword(), serving: newPassword() };
  const rights = makesRoles ? 'CREATEROLE' : 'NOCREATEROLE';
  await login(run, options.migrating, `${rights} NOSUPERUSER NOBYPASSRLS`, passwords.migrating);
  await login(run, options.serving, 'NOINHERIT NOCREATEROLE NOCREATEDB', passwords.serving);
  const [self] = await run('SELECT rolsuper AS "isSuper" FROM pg_roles WHERE rolname = current_user');
  const joins = self?.['isSuper'] !== true;
  // only its members may give something to a role
  if (joins) await run(`GRANT ${migrating} TO CURRENT_USER`);
  const [place] = await run('SELECT quote_ident(current_database()) AS name');
  await run(`GRANT CONNECT, CREATE ON DATABASE ${String(place?.['name'])} TO ${migrating}`);
  for (const own of [schema, ...(await tenantSchemas(run, schema))]) {
    const role = quoted(boundRoleOf(own));
    if (!(await hasRole(run, boundRoleOf(own)))) await run(`CREATE ROLE ${role} NOLOGIN`);
    await run(`GRANT ${role} TO ${migrating} WITH ADMIN OPTION`);
    await run(`GRANT ${role} TO ${serving}`);
    await handOver(run, own, migrating);
  }
  if (joins) await run(`REVOKE ${migrating} FROM CURRENT_USER`);
  return passwords;
}

async function login(run: RunSql, name: string, rights: string, password: string): Promise<void> {
  const verb = (await hasRole(run, name)) ? 'ALTER' : 'CREATE';
  await run(`${verb} ROLE ${quoted(name)} LOGIN ${rights} PASSWORD '${verifierOf(password)}'`);
}

async function hasRole(run: RunSql, name: string): Promise<boolean> {
  return (await run('SELECT FROM pg_roles WHERE rolname = $1', [name])).length > 0;
}

async function tenantSchemas(run: RunSql, base: string): Promise<string[]> {
  const found = await run(`SELECT nspname AS name FROM pg_namespace WHERE nspname ~ $1`, [
    `^${base}_([a-z0-9_]+_)?[0-9a-f]{32}$`,
  ]);
  return found.map(({ name }) => String(name));
}

async function handOver(run: RunSql, schema: string, to: string): Promise<void> {
  const there = await run('SELECT FROM pg_namespace WHERE nspname = $1', [schema]);
  if (there.length === 0) return;
  await run(`ALTER SCHEMA ${quoted(schema)} OWNER TO ${to}`);
  for (const list of [RELATIONS, ROUTINES]) {
    for (const { change } of await run(list, [schema])) await run(`${String(change)} ${to}`);
  }
}

function newPassword(): string {
  return randomBytes(PASSWORD_BYTES).toString('base64url');
}

/** What PostgreSQL keeps of a password (SCRAM-SHA-256), so that its logs never see the password itself. */
function verifierOf(password: string): string {
  const salt = randomBytes(SALT_BYTES);
  const salted = pbkdf2Sync(password, salt, ITERATIONS, KEY_BYTES, 'sha256');
  const key = (name: string): Buffer => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(key('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${key('Server Key').toString('base64')}`;
}

/**
 * Makes both logins in one transaction.
 *
 * @param url the database, as its administrator
 * @returns addresses of the same database by either login
 * @throws CommandError when the administrator may not, or cannot connect
 */
export async function makeLoginsAt(url: string, options: MakeLoginsOptions): Promise<Logins> {
  const client = singleClient(url, 'chatkit-logins', { connectionTimeoutMillis: CONNECT_TIMEOUT });
  try {
    await client.connect();
    const run: RunSql = async (sql, values) =>
      (await client.query<Record<string, unknown>>(sql, values)).rows;
    await run('BEGIN');
    const passwords = await makeLogins(run, options);
    await run('COMMIT');
    return {
      migrating: withLogin(url, options.migrating, passwords.migrating),
      serving: withLogin(url, options.serving, passwords.serving),
    };
  } catch (error) {
    throw new CommandError(`The logins cannot be made: ${messageOf(error)}`, { cause: error });
  } finally {
    await client.end().catch(() => undefined);
  }
}

function withLogin(url: string, login: string, password: string): string {
  const own = new URL(url);
  own.username = login;
  own.password = password;
  return own.href;
}
