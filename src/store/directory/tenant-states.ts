import { ChatKitError } from '../../chatkit/core/errors.js';

/** SQLSTATEs with which a unit of work is refused as it begins. */
export const ENTRY = {
  /** The tenant's rows are somewhere else, or nobody has heard of it. */
  elsewhere: 'CK001',
  /** Operators have suspended or erased the tenant. */
  shut: 'CK002',
  /** Nothing of the tenant may be written for now. */
  readOnly: 'CK003',
  /** Operators have erased the user, or are about to. */
  userErased: 'CK004',
} as const;

/** Kinds of places for a tenant's rows: the schema that tenants share, or one of its own. */
export const TENANT_ISOLATIONS = ['row', 'schema'] as const;

/** Which kind of place a tenant's rows are in. */
export type TenantIsolation = (typeof TENANT_ISOLATIONS)[number];

/** What may be done with the rows of a tenant: everything, reading, nothing for now, nothing ever again. */
export type TenantStatus = 'active' | 'read_only' | 'suspended' | 'erased';

/** Operators have suspended the organisation, or removed all it had. */
export class TenantSuspendedError extends ChatKitError {
  readonly code = 'tenant_suspended';
  readonly status = 403;

  constructor() {
    super('Chat is suspended for this organisation');
  }
}

/** Operators remove all that the user has had; for a day nothing of the user is taken. */
export class UserErasedError extends ChatKitError {
  readonly code = 'user_erased';
  readonly status = 403;

  constructor() {
    super('Everything of this user was erased');
  }
}
