import { systemClock } from '../../../src/common/clock.js';
import type { StoreParts } from '../../../src/store/create-store.js';
import { tenantTools, type TenantTools } from '../../../src/tenants/index.js';

/** What an operator works with, on a store that is open. */
export type Operator = TenantTools;

export function operatorOf({ tenants, features }: StoreParts): Operator {
  return tenantTools(tenants, features, systemClock);
}
