import type { Clock } from '../common/clock.js';
import type { SchemaFeatures, TenantParts } from '../store/index.js';
import { TenantFetch } from './fetch/tenant-fetch.js';
import { TenantExport } from './export/tenant-export.js';
import { TenantMigrations } from './migrate/tenant-migrations.js';
import { TenantMove } from './move/tenant-move.js';
import { TenantsService } from './tenants.service.js';

/** What routes and the command for operators do their work with. */
export interface TenantTools {
  readonly tenants: TenantsService;
  readonly migrations: TenantMigrations;
  readonly moves: TenantMove;
  readonly fetches: TenantFetch;
  readonly exports: TenantExport;
}

/** Puts them together on the parts of a store. */
export function tenantTools(parts: TenantParts, features: SchemaFeatures, clock: Clock): TenantTools {
  const tenants = new TenantsService(parts);
  return {
    tenants,
    migrations: new TenantMigrations(tenants, parts, features, clock),
    exports: new TenantExport(tenants, { ...parts, features }),
    moves: new TenantMove(tenants, { ...parts, features, clock }),
    fetches: new TenantFetch(tenants, { ...parts, features }),
  };
}
