import type { TenantScope } from '../../chatkit/core/store/scope.js';

/** The schema a tenant's rows are in, and the role its statements run under. */
export interface TenantPlace {
  readonly schema: string;
  readonly role: string;
}

/** How tenants are kept apart. */
export interface Isolation {
  /** Where the tenant is; makes the place first where that is needed. */
  placeOf(scope: TenantScope): TenantPlace | Promise<TenantPlace>;
}
