import {
  tenantRecord,
  type TenantDatabase,
  type TenantParts,
  type TenantRecord,
  type TenantRow,
} from '../store/index.js';
import { TenantMovedError, TenantStateError, UnknownTenantError } from './tenant-errors.js';

/** A tenant, and the database that it is in. */
export interface LocatedTenant {
  readonly database: TenantDatabase;
  readonly record: TenantRecord;
}

/** @throws TenantStateError when no database has that name */
export function databaseNamed(databases: TenantParts['databases'], name: string): TenantDatabase {
  if (!databases.has(name)) throw new TenantStateError(`There is no database ${name}`);
  return databases.named(name);
}

/** Times that a tenant may move while somebody works on it. */
const MOVES = 3;

/**
 * Finds the database that a tenant is in.
 *
 * @throws UnknownTenantError
 * @throws TenantStateError when a move was cut off between two databases
 */
export async function located(
  { directory }: Pick<TenantParts, 'directory'>,
  tenantId: string,
): Promise<LocatedTenant> {
  const found = await directory.find(tenantId);
  if (found === undefined) throw new UnknownTenantError();
  const { database, row, state } = found;
  if (state !== 'here') {
    throw new TenantStateError(
      'The tenant is between two databases: the same move, or the command that added it, ends that',
    );
  }
  return { database, record: tenantRecord(row, database.name) };
}

/**
 * Has `work` done in the database that a tenant is in; in another one again when the tenant was moved there before anything of
 * it was done.
 *
 * @throws as located(), and what `work` throws
 */
export async function whereTenantIs<T>(
  parts: Pick<TenantParts, 'directory'>,
  tenantId: string,
  work: (database: TenantDatabase) => Promise<T>,
): Promise<T> {
  for (let moves = 0; ; moves += 1) {
    const { database } = await located(parts, tenantId);
    try {
      return await work(database);
    } catch (error) {
      if (!(error instanceof TenantMovedError) || moves >= MOVES) throw error;
    }
  }
}

/**
 * The row of a tenant in the directory of the database that it was located in.
 *
 * @throws TenantMovedError when it is not there any more
 */
export function stillHere<Row extends Pick<TenantRow, 'database'>>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined || row.database !== null) throw new TenantMovedError();
  return row;
}
