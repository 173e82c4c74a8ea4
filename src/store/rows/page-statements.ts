import { hiddenTypes } from '../../chatkit/core/wire/items.js';
import { statement } from '../unit-of-work/statement.js';
import type { CursorRow, ItemPageRow, ThreadPageRow } from './page.js';

type Order = 'asc' | 'desc';

/** What bounds a page: entries, and bytes of their texts together. */
type Bounds = readonly [limit: number, bytes: number];

const BEYOND = { asc: '>', desc: '<' } as const;

/**
 * One row of a page. One entry more than it holds is read, which tells whether there is more. Entries come to the
 * aggregates in the order of the window.
 *
 * @param what columns of the row besides `last` and `more`
 * @param entries columns `place` and `bytes` (both of the order), `total`, and those that `what` names
 * @param limit position of the bounds among the values
 */
function page(what: string, entries: string, limit: number): string {
  return `SELECT ${what}, (array_agg(id))[count(*)] AS last, max(total) > count(*) AS more
   FROM (${entries}) AS entry
   WHERE place <= $${limit}::int AND (place = 1 OR bytes <= $${limit + 1}::bigint)`;
}

const numbered = (order: string, size: string): string =>
  `row_number() OVER (ORDER BY ${order}) AS place, count(*) OVER () AS total,
   sum(${size}) OVER (ORDER BY ${order} ROWS UNBOUNDED PRECEDING) AS bytes`;

const OWN_THREADS = 'tenant_id = $1 AND owner_id = $2';

function threads(order: Order, beyond = ''): string {
  return `SELECT id, data, shown, ${numbered(`position ${order}`, 'octet_length(data) + octet_length(shown)')}
   FROM (
     SELECT id, data::text AS data, shown::text AS shown, position FROM threads
     WHERE ${OWN_THREADS} ${beyond} ORDER BY position ${order} LIMIT $3::int + 1
   ) AS found`;
}

const THREADS = `string_agg(data, ',') AS entries, string_agg(shown, ',') AS shown`;

const threadPage = (order: Order) =>
  statement<[tenantId: string, ownerId: string, ...Bounds], ThreadPageRow>(
    `threads_${order}`,
    page(THREADS, threads(order), 3),
  );

const threadPageAfter = (order: Order) => {
  const cursor = `FROM threads WHERE ${OWN_THREADS} AND id = $5`;
  return statement<[tenantId: string, ownerId: string, ...Bounds, after: string], ThreadPageRow & CursorRow>(
    `threads_${order}_after`,
    page(
      `${THREADS}, EXISTS (SELECT ${cursor}) AS cursor`,
      threads(order, `AND position ${BEYOND[order]} (SELECT position ${cursor})`),
      3,
    ),
  );
};

const OWN_ITEMS = 'tenant_id = $1 AND owner_id = $2 AND thread_id = $3';

function items(order: Order, beyond = ''): string {
  return `SELECT id, data, hidden, hidden OR as_shown AS whole, ${numbered(`seq ${order}`, 'octet_length(data)')}
   FROM (
     SELECT id, data::text AS data, as_shown, seq,
       type IN (${hiddenTypes.map((type) => `'${type}'`).join(', ')}) AS hidden
     FROM items WHERE ${OWN_ITEMS} ${beyond} ORDER BY seq ${order} LIMIT $4::int + 1
   ) AS found`;
}

/** With the thread's data, or only with its id. */
function itemColumns(thread: 'data' | 'id'): string {
  return `(SELECT ${thread}::text FROM threads WHERE tenant_id = $1 AND owner_id = $2 AND id = $3) AS thread,
   string_agg(data, ',') AS entries, bool_and(whole) AS whole, bool_or(hidden) AS hides,
   CASE WHEN bool_or(hidden) THEN string_agg(data, ',') FILTER (WHERE NOT hidden) END AS visible`;
}

type OwnThread = readonly [tenantId: string, ownerId: string, threadId: string];

const itemPage = (order: Order, thread: 'data' | 'id', name: string) =>
  statement<[...OwnThread, ...Bounds], ItemPageRow>(name, page(itemColumns(thread), items(order), 4));

const itemPageAfter = (order: Order) => {
  const cursor = `FROM items WHERE ${OWN_ITEMS} AND id = $6`;
  return statement<[...OwnThread, ...Bounds, after: string], ItemPageRow & CursorRow>(
    `items_${order}_after`,
    page(
      `${itemColumns('id')}, EXISTS (SELECT ${cursor}) AS cursor`,
      items(order, `AND seq ${BEYOND[order]} (SELECT seq ${cursor})`),
      4,
    ),
  );
};

/** Pages of a user's threads. */
export const threadPages = {
  first: { asc: threadPage('asc'), desc: threadPage('desc') },
  after: { asc: threadPageAfter('asc'), desc: threadPageAfter('desc') },
};

/** Pages of a thread's items. */
export const itemPages = {
  first: { asc: itemPage('asc', 'id', 'items_asc'), desc: itemPage('desc', 'id', 'items_desc') },
  after: { asc: itemPageAfter('asc'), desc: itemPageAfter('desc') },
};

/** The thread and its first items, in one statement. */
export const threadWithItems = itemPage('asc', 'data', 'thread_with_items');
