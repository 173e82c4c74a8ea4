import type { Statement } from '../unit-of-work/statement.js';
import { selectItem, upsertItem } from './item-statements.js';
import { itemPages, threadPages, threadWithItems } from './page-statements.js';
import { lockThread, selectThread, upsertThread } from './thread-statements.js';

const NOBODY = ['-', '-'] as const;
const NOTHING = '-';

/**
 * The statements most requests are made of, on rows that are not there: run once on a new connection, they
 * are prepared and the tables' descriptions are loaded. All of it is rolled back.
 */
export const warmUpStatements: readonly Statement<unknown>[] = [
  selectThread(...NOBODY, NOTHING),
  lockThread(...NOBODY, NOTHING),
  upsertThread(...NOBODY, NOTHING, null, 'active', '{}', '{}'),
  threadPages.first.desc(...NOBODY, 1, 1),
  threadWithItems(...NOBODY, NOTHING, 1, 1),
  itemPages.first.asc(...NOBODY, NOTHING, 1, 1),
  itemPages.first.desc(...NOBODY, NOTHING, 1, 1),
  selectItem(...NOBODY, NOTHING, NOTHING),
  upsertItem(...NOBODY, NOTHING, NOTHING, 'end_of_turn', '{}', true),
];
