import { statement } from '../unit-of-work/statement.js';
import type { Owner } from './thread-statements.js';

/** Leading values of every statement on the items of a user's own thread. */
export type OwnThread = readonly [...Owner, threadId: string];

/** An item's columns behind those of its thread. */
export type ItemColumns = readonly [id: string, type: string, data: string, asShown: boolean];

const OWN = 'tenant_id = $1 AND owner_id = $2 AND thread_id = $3';
const THREAD = 'FROM threads WHERE tenant_id = $1 AND owner_id = $2 AND id = $3';

/** One row of the thread, and one of the item if it is there. */
export const selectItem = statement<
  [...OwnThread, id: string],
  { readonly part: 'thread' | 'entry'; readonly data: unknown }
>(
  'item',
  `SELECT 'thread' AS part, NULL::json AS data ${THREAD}
   UNION ALL
   SELECT 'entry', data FROM items WHERE ${OWN} AND id = $4`,
);

/** Adds at the end, or replaces in place; returns nothing when there is no such thread. */
export const upsertItem = statement<[...OwnThread, ...ItemColumns], { readonly seq: string }>(
  'item_save',
  `WITH thread AS (
     UPDATE threads SET last_seq = last_seq + 1, updated_at = clock_timestamp()
     WHERE tenant_id = $1 AND owner_id = $2 AND id = $3
     RETURNING last_seq
   )
   INSERT INTO items (tenant_id, owner_id, thread_id, id, seq, type, data, as_shown)
   SELECT $1, $2, $3, $4, last_seq, $5, $6::json, $7 FROM thread
   ON CONFLICT (tenant_id, thread_id, id) DO UPDATE
     SET type = excluded.type, data = excluded.data, as_shown = excluded.as_shown
   RETURNING seq`,
);

/** Deletes the item if it is there; returns a row when the thread is. */
export const deleteItem = statement<[...OwnThread, id: string], { readonly id: string }>(
  'item_delete',
  `WITH gone AS (DELETE FROM items WHERE ${OWN} AND id = $4)
   SELECT id ${THREAD}`,
);

export const newestItems = statement<[...OwnThread, limit: number], { readonly data: unknown }>(
  'items_newest',
  `SELECT data FROM items WHERE ${OWN} ORDER BY seq DESC LIMIT $4`,
);

export const replaceItem = statement<[...OwnThread, ...ItemColumns]>(
  'item_replace',
  `UPDATE items SET type = $5, data = $6::json, as_shown = $7 WHERE ${OWN} AND id = $4`,
);

export const deleteItems = statement<[...OwnThread, ids: readonly string[]]>(
  'items_delete',
  `DELETE FROM items WHERE ${OWN} AND id = ANY ($4::text[])`,
);

/** Deletes what follows a user message, but for `except`; after anything else it deletes nothing. */
export const deleteAfterUserMessage = statement<[...OwnThread, id: string, except: readonly string[]]>(
  'items_truncate',
  `DELETE FROM items WHERE ${OWN} AND NOT id = ANY ($5::text[]) AND seq >
     (SELECT seq FROM items WHERE ${OWN} AND id = $4 AND type = 'user_message')`,
);
