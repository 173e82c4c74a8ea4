export { AuditLog } from './audit-log.js';
export { ChatKitAuditModule } from './audit.module.js';
export { OperatorAuditStore } from './operator-audit-store.js';
export { TypeOrmAuditStore } from './audit-store.js';
