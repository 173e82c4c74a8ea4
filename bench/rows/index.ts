import { REQUEST_ROWS } from './request-rows.js';
import type { Row } from './row.js';
import { START_ROW } from './start-row.js';

export const ROWS: readonly Row[] = [...REQUEST_ROWS, START_ROW];
