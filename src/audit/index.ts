export { AuditLog } from './audit-log.js';
export { ChatKitAuditModule } from './audit.module.js';
export { TypeOrmAuditStore } from './audit-store.js';
