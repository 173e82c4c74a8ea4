import { NotFoundError } from '../../chatkit/core/errors.js';
import { TextPage, type PageQuery } from '../../chatkit/core/store/page.js';
import type { ThreadItem } from '../../chatkit/core/wire/items.js';
import type { ThreadMetadata } from '../../chatkit/core/wire/threads.js';

/** How much a page holds at most: entries, and bytes of them. The first entry is always there. */
export interface PageLimits {
  readonly pageSizeMax: number;
  readonly pageBytesMax: number;
}

/** What statements of pages return, in one row. */
export interface PageRow {
  /** JSON texts of the entries, joined by commas; null for none. */
  readonly entries: string | null;
  readonly last: string | null;
  readonly more: boolean | null;
}

/** A page that starts after a cursor says whether that is there. */
export interface CursorRow extends PageRow {
  readonly cursor: boolean;
}

export interface ThreadPageRow extends PageRow {
  /** The entries as clients are shown them. */
  readonly shown: string | null;
}

export interface ItemPageRow extends PageRow {
  /** Of the thread; null when it is not there. */
  readonly thread: string | null;
  /** Whether every entry that is not hidden is shown as it is. */
  readonly whole: boolean | null;
  /** Whether one of the entries is hidden. */
  readonly hides: boolean | null;
  /** The entries that are not hidden, where one is. */
  readonly visible: string | null;
}

/** How many entries and bytes to ask for. */
export function boundsOf(
  { limit }: Pick<PageQuery, 'limit'>,
  { pageSizeMax, pageBytesMax }: PageLimits,
): [entries: number, bytes: number] {
  return [Math.min(Math.max(1, Math.trunc(limit)), pageSizeMax), pageBytesMax];
}

/** @throws NotFoundError when the page was to start after a cursor that is not there */
export function threadsOf(row: ThreadPageRow | (ThreadPageRow & CursorRow)): TextPage<ThreadMetadata> {
  return pageOf(row, row.shown ?? '');
}

/** @throws NotFoundError when the page was to start after a cursor that is not there */
export function itemsOf(row: ItemPageRow | (ItemPageRow & CursorRow)): TextPage<ThreadItem> {
  const visible = row.hides === true ? row.visible : row.entries;
  return pageOf(row, row.whole === false ? undefined : (visible ?? ''));
}

function pageOf<T>(row: PageRow | CursorRow, shown: string | undefined): TextPage<T> {
  if ('cursor' in row && !row.cursor) throw new NotFoundError('Cursor');
  const has_more = row.more === true;
  return new TextPage({
    entries: () => JSON.parse(`[${row.entries ?? ''}]`) as T[],
    shown,
    has_more,
    after: has_more ? (row.last ?? undefined) : undefined,
  });
}
