import { FeedbackFields } from '../../admin/feedback/feedback.dto.js';
import { OrganisationFields } from '../../admin/organisation/organisation.dto.js';
import { RangeFields } from '../../admin/range.js';
import { UsageFields } from '../../admin/usage/usage.dto.js';
import { AuditFields } from '../../audit/audit.dto.js';
import { DocumentParams, PageFields, UploadFields } from '../../documents/document.dto.js';
import type { RouteDescription, RouteDescriptions } from './route-description.js';
import { count, day, flag, listOf, object, oneOf, orNull, pageOf, text, time } from './schemas.js';

const organisation = object({ instructions: text, updated_at: orNull(time), updated_by: orNull(text) });

const document = object(
  {
    id: text,
    source: text,
    title: text,
    filename: text,
    format: text,
    language: text,
    characters: count,
    chunks: count,
    created_at: time,
    updated_at: time,
  },
  { url: orNull(text) },
);

const upload = object(
  { id: text, filename: text, bytes: count, state: oneOf('waiting', 'reading', 'storing'), started_at: time },
  { pages: object({ done: count, of: count }) },
);

const usage = object({
  key: text,
  answers: count,
  stopped: count,
  failed: count,
  requests: count,
  input_tokens: count,
  cached_input_tokens: count,
  output_tokens: count,
  first_token_ms: orNull(count),
  duration_ms: orNull(count),
});

const opinion = object({
  thread_id: text,
  item_id: text,
  user_id: text,
  kind: oneOf('positive', 'negative'),
  created_at: time,
});

const entry = object({
  id: text,
  actor: oneOf('member', 'operator', 'command'),
  actor_id: text,
  action: text,
  target: orNull(text),
  outcome: oneOf('done', 'refused', 'failed'),
  code: orNull(text),
  correlation_id: orNull(text),
  created_at: time,
});

const route = (description: Omit<RouteDescription, 'people'>): RouteDescription => ({
  ...description,
  people: 'administrators',
});

/** What the routes of administrators take and give; all of them are about the caller's own organisation. */
export const ADMIN_ROUTES: RouteDescriptions = {
  Organisation_read: route({ summary: 'The instructions for the assistant', answer: organisation }),
  Organisation_write: route({
    summary: 'Replaces the instructions for the assistant',
    body: OrganisationFields,
    answer: organisation,
    errors: [413, 415],
  }),
  Documents_list: route({
    summary: 'A page of the documents, the newest first',
    query: PageFields,
    answer: pageOf(document),
  }),
  Documents_uploads: route({
    summary: 'Documents that are being taken in at this moment',
    answer: object({ data: listOf(upload) }),
  }),
  Documents_upload: route({
    summary: 'Adds a document, or replaces the one from the same source',
    form: UploadFields,
    status: 201,
    answer: document,
    errors: [413, 415],
  }),
  Documents_remove: route({
    summary: 'Deletes a document',
    params: DocumentParams,
    status: 204,
    errors: [404],
  }),
  Usage_report: route({
    summary: 'What answers have cost',
    query: UsageFields,
    answer: object({
      from: time,
      to: time,
      group_by: oneOf('day', 'user', 'model'),
      data: listOf(usage),
      has_more: flag,
    }),
  }),
  Feedback_list: route({
    summary: 'A page of opinions on answers, the newest first',
    query: FeedbackFields,
    answer: pageOf(opinion),
  }),
  Feedback_days: route({
    summary: 'How many opinions each day brought',
    query: RangeFields,
    answer: object({ from: time, to: time, data: listOf(object({ day, positive: count, negative: count })) }),
  }),
  Limits_list: route({
    summary: 'What the organisation may ask for and use up, and what is used at this moment',
    answer: object({ data: listOf(object({ name: text, limit: count, used: orNull(count) })) }),
  }),
  Audit_list: route({
    summary: 'A page of the audit log, the newest first',
    query: AuditFields,
    answer: pageOf(entry),
  }),
};
