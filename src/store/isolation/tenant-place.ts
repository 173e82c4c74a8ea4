import type { TenantIsolation } from '../directory/tenant-states.js';

/** Where a tenant's rows are, and the role its statements run under. */
export interface TenantPlace {
  readonly isolation: TenantIsolation;
  readonly schema: string;
  readonly role: string;
}

/** The search path of statements that name no schema. */
export function searchPathOf({ schema }: TenantPlace): string {
  return `${schema}, pg_temp`;
}
