import type { SchemaFeature } from '../store/index.js';
import { CreateFeedback1763900100000 } from './feedback/1763900100000-create-feedback.js';
import { OwnFeedback1764100200000 } from './feedback/1764100200000-own-feedback.js';
import { CheckOwnFeedback1764100210000 } from './feedback/1764100210000-check-own-feedback.js';
import { HideFeedback1764100220000 } from './feedback/1764100220000-hide-feedback.js';
import { HoldFeedback1764300200000 } from './feedback/1764300200000-hold-feedback.js';
import { CreateTenantSettings1763900300000 } from './organisation/1763900300000-create-tenant-settings.js';
import { CreateUsage1763900400000 } from './usage/1763900400000-create-usage.js';

/** The tables of what administrators set and see. */
export const adminSchema: SchemaFeature = {
  migrations: [
    CreateFeedback1763900100000,
    CreateTenantSettings1763900300000,
    CreateUsage1763900400000,
    OwnFeedback1764100200000,
    CheckOwnFeedback1764100210000,
    HideFeedback1764100220000,
    HoldFeedback1764300200000,
  ],
  tables: ['feedback', 'tenant_settings', 'usage'],
  exported: [
    {
      table: 'feedback',
      kind: 'feedback',
      columns: ['thread_id', 'item_id', 'user_id', 'kind', 'created_at'],
      key: ['thread_id', 'item_id', 'user_id'],
      owner: 'user_id',
      isOfThread: true,
    },
    {
      table: 'tenant_settings',
      kind: 'setting',
      columns: ['instructions', 'updated_at', 'updated_by'],
      key: ['tenant_id'],
    },
    {
      table: 'usage',
      kind: 'usage',
      columns: [
        'id',
        'user_id',
        'thread_id',
        'model',
        'purpose',
        'outcome',
        'requests',
        'input_tokens',
        'cached_input_tokens',
        'output_tokens',
        'first_token_ms',
        'duration_ms',
        'created_at',
      ],
      key: ['id'],
      owner: 'user_id',
    },
  ],
  users: {
    feedback: { column: 'user_id', erased: 'removed' },
    tenant_settings: { column: 'updated_by', erased: 'anonymised' },
    usage: { column: 'user_id', erased: 'anonymised', also: ['thread_id'], outlivesTenant: true },
  },
};
