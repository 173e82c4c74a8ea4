import type { TenantScope } from '../core/store/scope.js';

/** Injection token of the {@link AuditTrail}. Default: none, nothing is recorded. */
export const CHATKIT_AUDIT_TRAIL = Symbol('chatkit:audit-trail');

/**
 * Injection token of the {@link AuditTrail} that keeps what operators do to a tenant in the log of that tenant, whatever its
 * state. Default: none, nothing is recorded there.
 */
export const CHATKIT_OPERATOR_TRAIL = Symbol('chatkit:operator-trail');

/** How it ended: done, refused to somebody who may not, or failed for another reason. */
export type AuditOutcome = 'done' | 'refused' | 'failed';

/** What kind of actor the user of a scope is: a member of the tenant, an operator of the service, or a command. */
export type AuditActor = 'member' | 'operator' | 'command';

/** What somebody did or tried. Never holds what was said, tokens or the content of files. */
export interface AuditEntry {
  /** As `documents.remove`; at most 100 characters. */
  readonly action: string;
  /** Id of what it was done to; at most 255 characters. Default: the tenant itself. */
  readonly target?: string | undefined;
  readonly outcome: AuditOutcome;
  /** Of the error, unless it was done; at most 100 characters. */
  readonly code?: string | undefined;
  readonly actor: AuditActor;
  /** Whether nothing was to be changed: the same is recorded once a minute. Default false. */
  readonly isReading?: boolean | undefined;
  /** At most 128 characters. Default: none. */
  readonly correlationId?: string | undefined;
}

/** Keeps who did what in a tenant; what it has once kept nobody changes. */
export interface AuditTrail {
  /**
   * Resolves when the entry is kept. What cannot be kept is logged: the work is done by then, or was refused.
   *
   * @param scope the tenant it was done in, and who did it
   */
  record(entry: AuditEntry, scope: TenantScope): Promise<void>;
}
