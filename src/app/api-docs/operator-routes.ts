import { LIMIT_NAMES } from '../../common/limits/limits.js';
import { ErasureFields } from '../../tenants/erase/erasures.dto.js';
import { ExportFields } from '../../tenants/export/export.controller.js';
import { HoldFields, HoldParams } from '../../tenants/hold/holds.dto.js';
import { RetentionFields } from '../../tenants/retention/retention.dto.js';
import { TenantLimitsFields } from '../../tenants/routes/limits.dto.js';
import {
  MigrateFields,
  MoveFields,
  NewTenantFields,
  TenantParams,
  TenantsFields,
} from '../../tenants/routes/tenants.dto.js';
import type { Schema } from './field-schema.js';
import type { RouteDescription, RouteDescriptions } from './route-description.js';
import { count, flag, listOf, object, oneOf, orNull, text, time } from './schemas.js';

const tenant = object({
  tenant_id: text,
  database: text,
  is_reachable: flag,
  isolation: oneOf('row', 'schema'),
  status: oneOf('active', 'read_only', 'suspended', 'erased'),
  version: orNull(text),
  is_moving: flag,
  is_held: flag,
  created_at: time,
  updated_at: time,
});

const hold = object({
  id: text,
  user_id: orNull(text),
  reason: text,
  held_by: text,
  held_at: time,
  released_by: orNull(text),
  released_at: orNull(time),
});

const erasure = object({
  id: text,
  user_digest: orNull(text),
  status: oneOf('running', 'done'),
  begun_by: text,
  begun_at: time,
  done_at: orNull(time),
  report: orNull({ ...text, description: 'Signed, as JWS.' }),
});

const limits = object({}, Object.fromEntries(LIMIT_NAMES.map((name) => [name, count])));
const days = object({}, { active: count, locked: count, closed: count });

const LINES = 'application/x-ndjson';

/** Each line of an answer that tells how far something has come. */
const progress = (step: Schema): Schema => ({
  description: 'One such line for each step; the last one is `{"done":true}` or has `error`.',
  oneOf: [step, object({ done: flag }), object({ error: object({ code: text, message: text }) })],
});

const ofTenant = (description: Omit<RouteDescription, 'people' | 'params'>): RouteDescription => ({
  ...description,
  params: TenantParams,
  people: 'operators',
});

/** What the routes of operators take and give. */
export const OPERATOR_ROUTES: RouteDescriptions = {
  Tenants_list: {
    people: 'operators',
    summary: 'A page of the tenants, by name',
    query: TenantsFields,
    answer: object({ data: listOf(tenant), has_more: flag }),
  },
  Tenants_add: {
    people: 'operators',
    summary: 'Adds a tenant before its first member comes',
    body: NewTenantFields,
    status: 201,
    answer: tenant,
    errors: [409, 413, 415],
  },
  Tenants_show: ofTenant({
    summary: 'What the directory knows of a tenant',
    answer: tenant,
    errors: [404],
  }),
  Tenants_suspend: ofTenant({
    summary: 'Shuts a tenant for its members and administrators',
    answer: tenant,
    errors: [404, 409],
  }),
  Tenants_resume: ofTenant({ summary: 'Opens a tenant again', answer: tenant, errors: [404, 409] }),
  Tenants_move: ofTenant({
    summary: 'Moves a tenant while it is used, and tells how far that has come',
    body: MoveFields,
    type: LINES,
    answer: progress(
      object({ step: oneOf('copied', 'compared', 'moved', 'removed') }, { table: text, rows: count }),
    ),
    errors: [404, 409, 413, 415],
  }),
  Export_export: ofTenant({
    summary: 'All that a tenant, or one of its users, has',
    query: ExportFields,
    type: 'application/jsonl',
    answer: {
      ...object({ kind: text, row: { type: 'object', additionalProperties: true } }),
      description: 'One such line for each row; the last one is of the kind `end`.',
    },
    errors: [404, 409],
  }),
  TenantLimits_show: ofTenant({
    summary: 'What is set for a tenant in place of the configured limits',
    answer: limits,
    errors: [404],
  }),
  TenantLimits_used: ofTenant({
    summary: 'What all users of a tenant together may ask for and use up, and what is used',
    answer: object({ data: listOf(object({ name: text, limit: count, used: orNull(count) })) }),
    errors: [404, 409],
  }),
  TenantLimits_set: ofTenant({
    summary: 'Sets limits of a tenant, and takes back those that are not named',
    body: TenantLimitsFields,
    answer: limits,
    errors: [404, 409, 413, 415],
  }),
  Retention_read: ofTenant({
    summary: 'For how many days a tenant keeps threads, where that is not as configured',
    answer: days,
    errors: [404],
  }),
  Retention_change: ofTenant({
    summary: 'Changes for how many days a tenant keeps threads',
    body: RetentionFields,
    answer: days,
    errors: [404, 409, 413, 415],
  }),
  Holds_list: ofTenant({
    summary: 'Legal holds on a tenant and its users, those in force first',
    answer: object({ data: listOf(hold) }),
    errors: [404],
  }),
  Holds_place: ofTenant({
    summary: 'Places a legal hold on a user, or on the whole tenant',
    body: HoldFields,
    status: 201,
    answer: hold,
    errors: [404, 409, 413, 415],
  }),
  Holds_release: {
    people: 'operators',
    params: HoldParams,
    summary: 'Releases a legal hold',
    answer: hold,
    errors: [404, 409],
  },
  Erasures_list: ofTenant({
    summary: 'What was erased of a tenant, with the signed reports',
    answer: object({ data: listOf(erasure) }),
    errors: [404],
  }),
  Erasures_erase: ofTenant({
    summary: 'Erases a user or the whole tenant, and tells how far that has come and at last the report',
    body: ErasureFields,
    type: LINES,
    answer: progress(
      object(
        {},
        { step: oneOf('removed', 'anonymised', 'files', 'dropped'), table: text, count, report: text },
      ),
    ),
    errors: [404, 409, 413, 415],
  }),
  Migrations_status: {
    people: 'operators',
    summary: 'Whether the schemas of tenants are up to date',
    answer: object({ schemas: count, outdated: count, tenant_ids: listOf(text) }),
  },
  Migrations_migrate: {
    people: 'operators',
    summary: 'Brings the schemas of tenants up to date, and tells of each',
    body: MigrateFields,
    type: LINES,
    answer: progress(object({ tenant_id: text, failed: flag }, { again: flag })),
    errors: [413, 415],
  },
};
