import { isStorableId } from '../text.js';

/**
 * Whose data an operation may touch. Every store method takes one; the store refuses to work without
 * a tenant. A request context satisfies it structurally.
 */
export interface TenantScope {
  /** The organisation. Non-empty. */
  readonly tenantId: string;
  /** The member of that organisation. Non-empty; unique within the tenant only. */
  readonly userId: string;
}

/**
 * Nothing is done without a tenant and a user.
 *
 * @throws TypeError when one is missing, or is no text that a store could tell from any other
 */
export function checkScope({ tenantId, userId }: TenantScope): void {
  if (typeof tenantId !== 'string' || !isStorableId(tenantId)) {
    throw new TypeError('a store needs a tenant: 1 to 256 characters of valid text');
  }
  if (typeof userId !== 'string' || !isStorableId(userId)) {
    throw new TypeError('a store needs a user: 1 to 256 characters of valid text');
  }
}

/** The same for the same user of the same tenant, and for nobody else. */
export function scopeKey({ tenantId, userId }: TenantScope): string {
  return JSON.stringify([tenantId, userId]);
}
