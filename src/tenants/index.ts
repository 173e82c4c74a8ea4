export { migrateAll } from './command/migrate.js';
export { TenantsCommand } from './command/tenants-command.js';
export { parseTenantsOrder, type TenantsOrder } from './command/order.js';
export { TenantMigrations } from './migrate/tenant-migrations.js';
export { tenantTools, type TenantTools } from './tenant-tools.js';
export { TenantsService } from './tenants.service.js';
export { TenantMove } from './move/tenant-move.js';
export { ChatKitTenantsModule, type ChatKitTenantsModuleOptions } from './tenants.module.js';
