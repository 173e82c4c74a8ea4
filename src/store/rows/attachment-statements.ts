import { statement } from '../unit-of-work/statement.js';
import type { Owner } from './thread-statements.js';

const OWNER = 'tenant_id = $1 AND owner_id = $2';
const OWN = `${OWNER} AND id = $3`;
/** Stands in the metadata of an attachment whose file is being stored. */
export const CLAIM = 'claimed';

export const selectAttachment = statement<[...Owner, id: string], { readonly data: unknown }>(
  'attachment',
  `SELECT data FROM attachments WHERE ${OWN}`,
);

export const selectAttachments = statement<
  [...Owner, ids: readonly string[]],
  { readonly id: string; readonly data: unknown }
>('attachments', `SELECT id, data FROM attachments WHERE ${OWNER} AND id = ANY ($3::text[])`);

/** Which attachments are there, or were removed while they are on legal hold. */
export const keptAttachments = statement<[...Owner, ids: readonly string[]], { readonly id: string }>(
  'attachments_kept',
  `SELECT id FROM attachments WHERE ${OWNER} AND id = ANY ($3::text[])
   UNION ALL
   SELECT row_id FROM held_rows WHERE ${OWNER} AND row_id = ANY ($3::text[]) AND table_name = 'attachments'`,
);

/** Whether what the user removes is kept, since it is on legal hold. */
export const isHeld = statement<[], { readonly held: boolean }>(
  'held',
  `SELECT coalesce(current_setting('chatkit.held', true) = 'on', false) AS held`,
);

/** Creates or updates; returns nothing when the id is another user's. */
export const upsertAttachment = statement<
  [...Owner, id: string, threadId: string | null, data: string, bytes: number | null],
  { readonly id: string }
>(
  'attachment_save',
  `INSERT INTO attachments (tenant_id, owner_id, id, thread_id, data, bytes)
   VALUES ($1, $2, $3, $4, $5::json, $6::bigint)
   ON CONFLICT (tenant_id, id) DO UPDATE
     SET thread_id = excluded.thread_id, data = excluded.data, bytes = coalesce(excluded.bytes, attachments.bytes)
     WHERE attachments.owner_id = excluded.owner_id
   RETURNING id`,
);

/** Gives the attachments to a thread; returns those that are there and belong to none but it or the one named. */
export const attachToThread = statement<
  [
    ...Owner,
    threadId: string,
    ids: readonly string[],
    data: readonly string[],
    from: readonly (string | null)[],
  ],
  { readonly id: string }
>(
  'attachments_give',
  `UPDATE attachments SET thread_id = $3, data = given.data::json
   FROM unnest($4::text[], $5::text[], $6::text[]) AS given (id, data, thread_id)
   WHERE tenant_id = $1 AND owner_id = $2 AND attachments.id = given.id
     AND (attachments.thread_id IS NULL OR attachments.thread_id IN ($3, given.thread_id))
   RETURNING attachments.id`,
);

/** Changes the record of a file that waits to be sent; returns nothing when there is none. */
export const replaceWaiting = statement<
  [...Owner, id: string, data: string, bytes: number | null],
  { readonly id: string }
>(
  'attachment_replace',
  `UPDATE attachments SET data = $4::json, bytes = $5::bigint WHERE ${OWN} AND thread_id IS NULL RETURNING id`,
);

/** The same for one whose file nobody has begun to store; returns nothing when somebody has. */
export const claimWaiting = statement<
  [...Owner, id: string, data: string, bytes: number | null],
  { readonly id: string }
>(
  'attachment_claim',
  `UPDATE attachments SET data = $4::json, bytes = $5::bigint
   WHERE ${OWN} AND thread_id IS NULL AND data -> 'upload_descriptor' IS NOT NULL
     AND data -> 'metadata' -> '${CLAIM}' IS NULL
   RETURNING id`,
);

export const deleteAttachment = statement<[...Owner, id: string], { readonly id: string }>(
  'attachment_delete',
  `DELETE FROM attachments WHERE ${OWN} RETURNING id`,
);

/** Forgets what has waited to be sent since before that time. */
export const deleteStale = statement<[...Owner, before: Date]>(
  'attachments_stale',
  `DELETE FROM attachments WHERE ${OWNER} AND thread_id IS NULL AND created_at < $3`,
);

export const countWaiting = statement<[...Owner], { readonly count: number }>(
  'attachments_waiting',
  `SELECT count(*)::int AS count FROM attachments WHERE ${OWNER} AND thread_id IS NULL`,
);
