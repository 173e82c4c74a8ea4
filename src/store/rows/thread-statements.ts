import { statement } from '../unit-of-work/statement.js';

/** Leading values of every statement on a user's own rows. */
export type Owner = readonly [tenantId: string, ownerId: string];

/** A thread's columns behind its id. */
export type ThreadColumns = readonly [title: string | null, status: string, data: string, shown: string];

const OWN = 'tenant_id = $1 AND owner_id = $2';

export const selectThread = statement<[...Owner, id: string], { readonly data: unknown }>(
  'thread',
  `SELECT data FROM threads WHERE ${OWN} AND id = $3`,
);

/** Puts writers in line; a delete under way is waited for, and seen by the next statement. */
export const lockThread = statement<[...Owner, id: string], { readonly id: string }>(
  'thread_lock',
  `SELECT id FROM threads WHERE ${OWN} AND id = $3 FOR UPDATE`,
);

/** Creates or updates; returns nothing for a thread that was deleted or is another user's. */
export const upsertThread = statement<[...Owner, id: string, ...ThreadColumns], { readonly id: string }>(
  'thread_save',
  `INSERT INTO threads (tenant_id, owner_id, id, title, status, data, shown)
   SELECT $1, $2, $3, $4, $5, $6::json, $7::json
   WHERE NOT EXISTS (SELECT FROM deleted_threads WHERE ${OWN} AND id = $3)
   ON CONFLICT (tenant_id, id) DO UPDATE
     SET title = excluded.title, status = excluded.status, data = excluded.data,
         shown = excluded.shown, updated_at = clock_timestamp()
     WHERE threads.owner_id = excluded.owner_id
   RETURNING id`,
);

/** Returns nothing for a thread that has a title. The text of the rest stays as it is. */
export const nameThread = statement<
  [...Owner, id: string, title: string, json: string],
  { readonly data: unknown }
>(
  'thread_name',
  `UPDATE threads
   SET title = $4, data = ('{"title":' || $5 || ',' || substr(data::text, 2))::json,
       shown = ('{"title":' || $5 || ',' || substr(shown::text, 2))::json, updated_at = clock_timestamp()
   WHERE ${OWN} AND id = $3 AND title IS NULL
   RETURNING data`,
);

/** Deletes the thread and all that hangs on it, its attachments too, and remembers that for a day. */
export const deleteThread = statement<[...Owner, id: string], { readonly id: string }>(
  'thread_delete',
  `WITH gone AS (
     DELETE FROM threads WHERE ${OWN} AND id = $3 RETURNING tenant_id, owner_id, id
   ), files AS (
     DELETE FROM attachments WHERE ${OWN} AND thread_id IN (SELECT id FROM gone)
   ), forgotten AS (
     DELETE FROM deleted_threads WHERE ${OWN} AND deleted_at < clock_timestamp() - interval '1 day'
   )
   INSERT INTO deleted_threads (tenant_id, owner_id, id) SELECT tenant_id, owner_id, id FROM gone
   ON CONFLICT (tenant_id, owner_id, id) DO UPDATE SET deleted_at = clock_timestamp()
   RETURNING id`,
);
