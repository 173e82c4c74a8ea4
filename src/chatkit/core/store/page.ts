import { NotFoundError } from '../errors.js';
import type { Page } from '../wire/threads.js';

/** Which part of a list: at most `limit` entries after the cursor `after`, in that order. */
export interface PageQuery {
  /** Whole number, at least 1. A store may cap it; `has_more` then tells that there is more. */
  limit: number;
  order: 'asc' | 'desc';
  /** Id of the last entry already seen. */
  after?: string | undefined;
}

/** That part of the rows, which come oldest first. */
export function pageOf<T extends { id: string }>(rows: T[], { limit, order, after }: PageQuery): Page<T> {
  if (order === 'desc') rows.reverse();
  const start = after === undefined ? 0 : rows.findIndex((row) => row.id === after) + 1;
  if (after !== undefined && start === 0) throw new NotFoundError('Cursor');
  const data = rows.slice(start, start + limit);
  const has_more = rows.length > start + limit;
  return { data, has_more, after: has_more ? data.at(-1)?.id : undefined };
}
