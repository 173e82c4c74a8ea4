import { NotFoundError } from '../../chatkit/core/errors.js';
import type { PageQuery } from '../../chatkit/core/store/page.js';
import type { Page } from '../../chatkit/core/wire/threads.js';
import type { PageRow } from './thread-statements.js';

/** How many rows to ask for: one more than the page holds tells whether there is more. */
export function rowsFor({ limit }: Pick<PageQuery, 'limit'>, pageSizeMax: number): number {
  return pageSize(limit, pageSizeMax) + 1;
}

/**
 * Makes a page of the rows.
 *
 * @throws NotFoundError when a cursor was asked for and is not among the rows
 */
export function pageOf<T extends { id: string }>(
  rows: readonly PageRow[],
  { limit, after }: Pick<PageQuery, 'limit' | 'after'>,
  pageSizeMax: number,
): Page<T> {
  if (after !== undefined && !rows.some(({ part }) => part === 'cursor')) throw new NotFoundError('Cursor');
  const size = pageSize(limit, pageSizeMax);
  const entries = rows.filter(({ part }) => part === 'entry').map(({ data }) => data as T);
  const has_more = entries.length > size;
  const data = has_more ? entries.slice(0, size) : entries;
  return has_more ? { data, has_more, after: data.at(-1)?.id } : { data, has_more };
}

function pageSize(limit: number, pageSizeMax: number): number {
  return Math.min(Math.max(1, Math.trunc(limit)), pageSizeMax);
}
