export type { Operators } from '../auth/roles/operator.guard.js';
export type { TenantIsolation, TenantRecord, TenantStatus } from '../store/index.js';
export type { ExportCursor, ExportedPage, ExportScope, TakePage } from '../tenants/export/tenant-export.js';
export type { MigrateOptions, MigrateOutcome, MigrateStatus } from '../tenants/migrate/tenant-migrations.js';
export type { TenantFiles } from '../common/tenant-files.port.js';
export type { ErasureRow } from '../tenants/erase/erasure-statements.js';
export type { ErasureProgress } from '../tenants/erase/erasure-work.js';
export type { ErasureReport } from '../tenants/erase/report.js';
export { verifiedReport } from '../tenants/erase/report.js';
export type { ErasureOrder } from '../tenants/erase/tenant-erasure.js';
export type { HoldRow } from '../tenants/hold/hold-statements.js';
export type { HoldOrder } from '../tenants/hold/tenant-holds.js';
export type { MoveProgress } from '../tenants/move/moving.js';
export type { MoveTarget } from '../tenants/move/tenant-move.js';
export type { ListedTenant, TenantPage, TenantQuery } from '../tenants/tenant-list.js';
export type { NewTenant } from '../tenants/tenants.service.js';
export type {
  RetentionDays,
  RetentionSettings,
  RetainedStatus,
} from '../tenants/retention/retention-days.js';
export type { RetentionChange } from '../tenants/retention/retention-settings.js';
export {
  ChatKitRetentionModule,
  ChatKitTenantsModule,
  TenantExport,
  TenantErasure,
  TenantHolds,
  TenantMigrations,
  TenantMove,
  TenantRetention,
  TenantRetentionSettings,
  TenantsService,
  type ChatKitRetentionModuleOptions,
  type ChatKitTenantsModuleOptions,
} from '../tenants/index.js';
