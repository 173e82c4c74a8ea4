import { statement, type TenantRecord, type Transaction } from '../../store/index.js';
import { TenantHeldError, TenantStateError } from '../tenant-errors.js';
import type { Subject } from './subject.js';

const holdsOf = statement<[tenantId: string, userId: string | null], { readonly id: string }>(
  'erasure_holds',
  `SELECT id FROM tenant_holds WHERE tenant_id = $1 AND released_at IS NULL
     AND ($2::text IS NULL OR user_id IS NULL OR user_id = $2) LIMIT 1`,
);

/**
 * @param record of the tenant, whose row is locked
 * @param order with the name of the tenant once more, where one that is not suspended is to be erased
 * @throws TenantStateError when it may not be erased, TenantHeldError when something of it is held
 */
export async function requireErasable(
  transaction: Transaction,
  { tenantId, status, leftovers }: TenantRecord,
  { userId, confirm }: Subject & { readonly confirm?: string | undefined },
): Promise<void> {
  if (status === 'erased') throw new TenantStateError('The tenant is erased');
  if (leftovers) throw new TenantStateError('A move of the tenant has not ended: the same move ends it');
  if (confirm !== undefined && confirm !== tenantId) {
    throw new TenantStateError('The confirmation names another tenant');
  }
  if (userId === undefined && status !== 'suspended' && confirm === undefined) {
    throw new TenantStateError('The tenant is not suspended: suspend it, or confirm by its name');
  }
  const [{ rows }] = await transaction.query(holdsOf(tenantId, userId ?? null));
  if (rows.length > 0) throw new TenantHeldError();
}
