export { TypeOrmAttachmentRecords } from './attachment-records.js';
export { ChatKitDatabase } from './availability/chatkit-database.js';
export type { StoreLogger } from './availability/store-logger.js';
export type {
  DatabaseState,
  DatabaseStatus,
  DownReason,
  StateListener,
} from './availability/database-state.js';
export { externalDatabase, type DatabaseSource } from './availability/database-source.js';
export type { DirectoryUnit } from './directory/directory-unit.js';
export type { PoolFigures } from './connection/connection-pool.js';
export { granteeOf, quoted, schemaOf } from './schema/names.js';
export type {
  ExportedTable,
  MigrationClass,
  OfUser,
  SchemaExtension,
  SchemaFeature,
} from './schema/schema-feature.js';
export { hideFromMigrations, lockTables, seeAll, showToMigrations } from './schema/seen-by-migrations.js';
export { dropHeldRows, keepHeldRows, type HeldColumns } from './schema/held-rows.js';
export type { TenantPlace } from './isolation/tenant-place.js';
export { SchemaFeatures } from './schema/schema-features.js';
export { bindTable, boundBy, tableRules, type TableRules } from './schema/table-rules.js';
export { createStore, type CreateStoreOptions, type StoreParts, type TenantParts } from './create-store.js';
export type { Provision, TenantDatabase } from './databases/tenant-database.js';
export { isHome, TenantDatabases } from './databases/tenant-databases.js';
export { addTenant, TenantDirectory } from './directory/tenant-directory.js';
export { selectTenant, whereaboutsOf, type Whereabouts } from './directory/whereabouts.js';
export {
  HOME,
  TENANT_COLUMNS,
  tenantRecord,
  type TenantRecord,
  type TenantRow,
} from './directory/tenant-record.js';
export {
  TENANT_ISOLATIONS,
  TenantSuspendedError,
  UserErasedError,
  type TenantIsolation,
  type TenantStatus,
} from './directory/tenant-states.js';
export {
  ChatKitStoreModule,
  TENANT_PARTS,
  type ChatKitStoreExtras,
  type ChatKitStoreModuleOptions,
} from './store.module.js';
export { StoredLimits, storedOf } from './stored-limits.js';
export { TypeOrmStore, type TypeOrmStoreOptions } from './typeorm-store.js';
export { asOperator, MaintenanceUnit } from './unit-of-work/maintenance-unit.js';
export { statement, type Statement } from './unit-of-work/statement.js';
export type { Transaction } from './unit-of-work/transaction.js';
export { UnitOfWork, type ReadingScope } from './unit-of-work/unit-of-work.js';
