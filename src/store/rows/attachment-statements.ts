import { statement } from '../unit-of-work/statement.js';
import type { Owner } from './thread-statements.js';

const OWN = 'tenant_id = $1 AND owner_id = $2 AND id = $3';

export const selectAttachment = statement<[...Owner, id: string], { readonly data: unknown }>(
  'attachment',
  `SELECT data FROM attachments WHERE ${OWN}`,
);

/** Creates or updates; returns nothing when the id is another user's. */
export const upsertAttachment = statement<
  [...Owner, id: string, threadId: string | null, data: string],
  { readonly id: string }
>(
  'attachment_save',
  `INSERT INTO attachments (tenant_id, owner_id, id, thread_id, data) VALUES ($1, $2, $3, $4, $5::json)
   ON CONFLICT (tenant_id, id) DO UPDATE SET thread_id = excluded.thread_id, data = excluded.data
     WHERE attachments.owner_id = excluded.owner_id
   RETURNING id`,
);

export const deleteAttachment = statement<[...Owner, id: string], { readonly id: string }>(
  'attachment_delete',
  `DELETE FROM attachments WHERE ${OWN} RETURNING id`,
);
