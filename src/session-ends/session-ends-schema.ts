import type { SchemaFeature } from '../store/index.js';
import { CreateSessionEnds1763900500000 } from './1763900500000-create-session-ends.js';

/** The table of sessions that were ended. */
export const sessionEndsSchema: SchemaFeature = {
  migrations: [CreateSessionEnds1763900500000],
  tables: ['session_ends'],
  users: { session_ends: { column: 'user_id', erased: 'removed' } },
};
