import { query } from '../machine/cluster.js';

/**
 * Copies rows of ours by SQL, since so many would take hours through the protocol. What a copy has besides what is said here it has from
 * the row that it is made of, whatever columns there are.
 */

const ID = `lpad(to_hex(n), 32, '0')`;
const POSITION = `nextval(pg_get_serial_sequence('chatkit.threads', 'position'))`;

/** Adds items to a thread until it has so many. @returns their ids, the oldest first, without those that were there */
export async function lengthen(url: string, thread: string, items: number): Promise<readonly string[]> {
  await query(
    url,
    `INSERT INTO chatkit.items
     SELECT copy.*
     FROM chatkit.items AS item, generate_series(item.seq + 1, $2::bigint) AS n,
       LATERAL json_populate_record(item, json_build_object(
         'id', 'msg_' || ${ID}, 'seq', n, 'data', replace(item.data::text, item.id, 'msg_' || ${ID})::json)) AS copy
     WHERE item.thread_id = $1
       AND item.seq = (SELECT max(seq) FROM chatkit.items WHERE thread_id = $1)`,
    [thread, items],
  );
  await query(url, `UPDATE chatkit.threads SET last_seq = $2 WHERE id = $1`, [thread, items]);
  await query(url, 'ANALYZE chatkit.items');
  const rows = await query<{ id: string }>(
    url,
    'SELECT id FROM chatkit.items WHERE thread_id = $1 ORDER BY seq',
    [thread],
  );
  return rows.map(({ id }) => id);
}

export function threadId(n: number): string {
  return `thr_${n.toString(16).padStart(32, '0')}`;
}

/** Gives tenants so many copies of a thread each, with its first items: those with the numbers from `first` up to `last`. */
export async function copyThreads(
  url: string,
  thread: string,
  to: {
    readonly tenant: string;
    readonly first: number;
    readonly last: number;
    readonly threads: number;
    readonly items: number;
  },
): Promise<void> {
  const { tenant, first, last, threads, items } = to;
  await query(
    url,
    `INSERT INTO chatkit.threads
     SELECT copy.*
     FROM chatkit.threads AS thread, generate_series($3::int, $4::int) AS t, generate_series(1, $5::int) AS n,
       LATERAL json_populate_record(thread, json_build_object(
         'tenant_id', $2::text || t, 'id', 'thr_' || ${ID}, 'position', ${POSITION},
         'data', replace(thread.data::text, thread.id, 'thr_' || ${ID})::json)) AS copy
     WHERE thread.id = $1`,
    [thread, tenant, first, last, threads],
  );
  // else the foreign keys of items are checked by a plan for the few threads that were there before
  await query(url, 'ANALYZE chatkit.threads');
  await query(
    url,
    `INSERT INTO chatkit.items
     SELECT copy.*
     FROM chatkit.items AS item, generate_series($3::int, $4::int) AS t, generate_series(1, $5::int) AS n,
       LATERAL json_populate_record(item, json_build_object(
         'tenant_id', $2::text || t, 'thread_id', 'thr_' || ${ID},
         'data', replace(item.data::text, item.thread_id, 'thr_' || ${ID})::json)) AS copy
     WHERE item.thread_id = $1 AND item.seq <= $6`,
    [thread, tenant, first, last, threads, items],
  );
  await query(url, 'ANALYZE chatkit.items');
}
