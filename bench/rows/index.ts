import { FAIRNESS_ROW } from './fairness.js';
import { LONG_THREAD_ROW, MANY_THREADS_ROW } from './big-data.js';
import { SCHEMAS_ROW } from './many-schemas.js';
import { TENANTS_ROW } from './many-tenants.js';
import { OPEN_STREAMS_ROW } from './open-streams.js';
import { REQUEST_ROWS } from './request-rows.js';
import type { Row } from './row.js';
import { START_ROW } from './start-row.js';
import { UNREAD_STREAMS_ROW } from './unread-streams.js';

export const ROWS: readonly Row[] = [
  ...REQUEST_ROWS,
  START_ROW,
  OPEN_STREAMS_ROW,
  UNREAD_STREAMS_ROW,
  FAIRNESS_ROW,
  LONG_THREAD_ROW,
  MANY_THREADS_ROW,
  TENANTS_ROW,
  SCHEMAS_ROW,
];
