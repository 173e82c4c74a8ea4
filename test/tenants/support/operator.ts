import { systemClock } from '../../../src/common/clock.js';
import type { StoreParts } from '../../../src/store/create-store.js';
import { TenantMigrations, TenantMove, TenantsService } from '../../../src/tenants/index.js';

/** What an operator works with, on a store that is open. */
export interface Operator {
  readonly tenants: TenantsService;
  readonly migrations: TenantMigrations;
  readonly moves: TenantMove;
}

export function operatorOf({ tenants: parts, features }: StoreParts): Operator {
  const tenants = new TenantsService(parts);
  return {
    tenants,
    migrations: new TenantMigrations(tenants, parts, features, systemClock),
    moves: new TenantMove(tenants, { ...parts, features, clock: systemClock }),
  };
}
