import type { Clock } from '../common/clock.js';
import type { TenantFiles } from '../common/tenant-files.port.js';
import type { SchemaFeatures, TenantParts } from '../store/index.js';
import { TenantFetch } from './fetch/tenant-fetch.js';
import { TenantExport } from './export/tenant-export.js';
import { TenantErasure } from './erase/tenant-erasure.js';
import { TenantHolds } from './hold/tenant-holds.js';
import { TenantMigrations } from './migrate/tenant-migrations.js';
import { TenantMove } from './move/tenant-move.js';
import { TenantRetentionSettings } from './retention/retention-settings.js';
import { TenantsService } from './tenants.service.js';

/** What routes and the command for operators do their work with. */
export interface TenantTools {
  readonly tenants: TenantsService;
  readonly migrations: TenantMigrations;
  readonly moves: TenantMove;
  readonly fetches: TenantFetch;
  readonly exports: TenantExport;
  readonly erasures: TenantErasure;
  readonly holds: TenantHolds;
  readonly retention: TenantRetentionSettings;
}

/** What they need beyond the database. */
export interface TenantToolsOptions {
  readonly clock: Clock;
  /** Where the files of tenants are. Without it files are left to the server. */
  readonly files?: TenantFiles | undefined;
  /** A private Ed25519 key, as PEM or JWK, that signs reports of erasures. Without it nothing is erased. */
  readonly reportKey?: string | undefined;
}

/** Puts them together on the parts of a store. */
export function tenantTools(
  parts: TenantParts,
  features: SchemaFeatures,
  { clock, files, reportKey }: TenantToolsOptions,
): TenantTools {
  const tenants = new TenantsService(parts);
  return {
    tenants,
    migrations: new TenantMigrations(parts.databases, features, clock),
    exports: new TenantExport({ ...parts, features }),
    moves: new TenantMove(tenants, { ...parts, features, clock }),
    fetches: new TenantFetch(tenants, { ...parts, features }),
    holds: new TenantHolds(parts),
    retention: new TenantRetentionSettings(parts),
    erasures: new TenantErasure({ ...parts, features, clock, files, reportKey }),
  };
}
