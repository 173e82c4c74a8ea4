import type { SchemaFeature } from '../store/index.js';
import { CreateAuditLog1764100000000 } from './1764100000000-create-audit-log.js';

/** The table of who did what. */
export const auditSchema: SchemaFeature = {
  migrations: [CreateAuditLog1764100000000],
  tables: ['audit_log'],
};
