import type { AuditActor, AuditOutcome } from '../chatkit/audit/audit-trail.port.js';
import type { TenantScope } from '../chatkit/core/index.js';

/** Where a page of the log begins: behind this entry. */
export type AuditCursor = readonly [at: string, id: string];

export interface AuditQuery {
  /** Default: all. */
  readonly action?: string | undefined;
  /** Default: from the beginning. */
  readonly from?: Date | undefined;
  /** Exclusive. Default: until now. */
  readonly to?: Date | undefined;
  readonly after?: AuditCursor | undefined;
  /** Most entries. */
  readonly limit: number;
}

/** An entry of the log, as it is read. */
export interface RecordedEntry {
  readonly id: string;
  readonly actor: AuditActor;
  /** Id of the user, the operator or the command. */
  readonly actor_id: string;
  readonly action: string;
  readonly target: string | null;
  readonly outcome: AuditOutcome;
  /** Of the error, unless it was done. */
  readonly code: string | null;
  readonly correlation_id: string | null;
  /** In UTC, exact to the microsecond. */
  readonly created_at: string;
}

/** Reads who did what in a tenant. */
export abstract class AuditReader {
  /** The newest first, of the whole tenant; whether the caller may see them is for others to check. */
  abstract list(query: AuditQuery, scope: TenantScope): Promise<RecordedEntry[]>;
}
