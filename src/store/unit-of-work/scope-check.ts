import type { TenantScope } from '../../chatkit/core/scope.js';
import { isStorableId } from '../../chatkit/core/text.js';

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
