export type { Operators } from '../auth/roles/operator.guard.js';
export type { TenantIsolation, TenantRecord, TenantStatus } from '../store/index.js';
export type { ExportCursor, ExportedPage, ExportScope, TakePage } from '../tenants/export/tenant-export.js';
export type { MigrateOptions, MigrateOutcome, MigrateStatus } from '../tenants/migrate/tenant-migrations.js';
export type { MoveProgress } from '../tenants/move/tenant-move.js';
export type { TenantPage, TenantQuery } from '../tenants/tenants.service.js';
export {
  ChatKitTenantsModule,
  TenantExport,
  TenantMigrations,
  TenantMove,
  TenantsService,
  type ChatKitTenantsModuleOptions,
} from '../tenants/index.js';
