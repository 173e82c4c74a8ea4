export { ChatKitAdminModule } from '../admin/index.js';
export { ChatKitAuditModule } from '../audit/index.js';
export {
  CHATKIT_AUDIT_TRAIL,
  CHATKIT_OPERATOR_TRAIL,
  type AuditActor,
  type AuditEntry,
  type AuditOutcome,
  type AuditTrail,
} from '../chatkit/audit/audit-trail.port.js';
