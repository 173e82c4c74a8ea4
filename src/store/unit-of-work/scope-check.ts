import type { TenantScope } from '../../chatkit/core/scope.js';

/** Longest id of a tenant, a user, a thread or an item that is stored; the indexes bound it. */
const LONGEST = 256;

/** Whether the database can hold the text as an id: NUL and lone surrogates would be lost or refused. */
export function isStorableId(id: string): boolean {
  return id !== '' && id.length <= LONGEST && !id.includes('\0') && id.isWellFormed();
}

/**
 * Nothing is done without a tenant and a user.
 *
 * @throws TypeError when one is missing, or is no text that the database could tell from any other
 */
export function checkScope({ tenantId, userId }: TenantScope): void {
  if (typeof tenantId !== 'string' || !isStorableId(tenantId)) {
    throw new TypeError('a unit of work needs a tenant: 1 to 256 characters of valid text');
  }
  if (typeof userId !== 'string' || !isStorableId(userId)) {
    throw new TypeError('a unit of work needs a user: 1 to 256 characters of valid text');
  }
}
