import { isConnectionLoss, isReadOnly, isRefusal } from '../connection/connection-errors.js';
import { PoolerError } from '../connection/pooler.js';
import type { DownReason } from './database-state.js';

/** Why chat has no database, by what was met; undefined where that says nothing about it. */
export function reasonOf(error: unknown): Exclude<DownReason, 'closed'> | undefined {
  if (error instanceof PoolerError) return 'misconfigured';
  if (isReadOnly(error)) return 'read_only';
  if (isRefusal(error)) return 'refused';
  return isConnectionLoss(error) ? 'unreachable' : undefined;
}
