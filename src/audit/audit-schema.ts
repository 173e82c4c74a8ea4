import type { SchemaFeature } from '../store/index.js';
import { CreateAuditLog1764100000000 } from './1764100000000-create-audit-log.js';

/** The table of who did what. */
export const auditSchema: SchemaFeature = {
  migrations: [CreateAuditLog1764100000000],
  tables: ['audit_log'],
  exported: [
    {
      table: 'audit_log',
      kind: 'audit',
      columns: [
        'id',
        'actor',
        'actor_id',
        'action',
        'target',
        'outcome',
        'code',
        'correlation_id',
        'created_at',
      ],
      key: ['created_at', 'id'],
      owner: 'actor_id',
      isOwned: `actor = 'member'`,
    },
  ],
  // what operators and commands did is told of people of other organisations
  users: {
    audit_log: {
      column: 'actor_id',
      erased: 'pseudonymised',
      only: `actor = 'member'`,
      outlivesTenant: true,
    },
  },
};
