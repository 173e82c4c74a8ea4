import type { Clock } from '../../common/clock.js';
import {
  asOperator,
  statement,
  type SchemaFeatures,
  type TenantDatabase,
  type TenantParts,
  type TenantRecord,
  type Transaction,
} from '../../store/index.js';
import { nameOf } from '../rows/tenant-table.js';
import { TenantStateError } from '../tenant-errors.js';
import type { TenantsService } from '../tenants.service.js';

/** How far a move has come. */
export interface MoveProgress {
  /** `copied` while the tenant is used, `compared` in the moment of the move, `removed` from where it was. */
  readonly step: 'copied' | 'compared' | 'moved' | 'removed';
  readonly table?: string;
  /** Rows that were copied, or are there. */
  readonly rows?: number;
}

/** What a move needs besides the directory. */
export interface MoveParts extends Pick<TenantParts, 'directory' | 'databases'> {
  readonly features: Pick<SchemaFeatures, 'tables' | 'version'>;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
}

/** Who is told of a move, and what stops it. */
export interface Moving {
  readonly tell: (progress: MoveProgress) => void;
  readonly signal: AbortSignal | undefined;
}

/** Milliseconds to wait for whoever holds the tables, and for writers to end. */
export const LOCK_TIMEOUT = 10_000;
export const WRITERS_PATIENCE = 8000;

/**
 * Has a tenant read only for as long as `work` takes, unless it is suspended; `work` opens it in its new place. It is opened again
 * where it was when that fails.
 */
export async function whileReadOnly(
  tenants: Pick<TenantsService, 'setStatus'>,
  { tenantId, status }: TenantRecord,
  work: () => Promise<void>,
): Promise<void> {
  const mayWrite = status !== 'suspended';
  if (mayWrite) await tenants.setStatus(tenantId, 'read_only', ['active', 'read_only']);
  try {
    await work();
  } catch (error) {
    // what cannot be opened now, because its database is gone for instance, another call of the same goes on with
    if (mayWrite) await tenants.setStatus(tenantId, 'active', ['read_only']).catch(() => undefined);
    throw error;
  }
}

/**
 * Locks the row of a tenant in the directory of its database, so that nobody else moves it.
 *
 * @param leftovers whether rows may be left in another place from now on
 * @throws TenantStateError when the tenant is no longer there
 */
export async function take(
  transaction: Transaction,
  { places }: TenantDatabase,
  { tenantId, isolation }: Pick<TenantRecord, 'tenantId' | 'isolation'>,
  leftovers: boolean,
): Promise<void> {
  const taken = statement<[string, string, boolean], { readonly tenant_id: string }>(
    'move_take',
    `UPDATE ${directoryOf(places)} SET leftovers = $3, updated_at = clock_timestamp()
     WHERE tenant_id = $1 AND isolation = $2 AND database IS NULL RETURNING tenant_id`,
  );
  const [, { rows }] = await transaction.query(asOperator(), taken(tenantId, isolation, leftovers));
  if (rows.length === 0) throw new TenantStateError('The tenant was moved meanwhile');
}

/** The directory of a database, as SQL text. */
export function directoryOf(places: TenantDatabase['places']): string {
  return nameOf(places.shared(), 'tenants');
}
