import { ChatKitError } from '../chatkit/core/index.js';

/** The directory has no such tenant. */
export class UnknownTenantError extends ChatKitError {
  readonly code = 'not_found';
  readonly status = 404;

  constructor() {
    super('Tenant not found');
  }
}

/** The tenant is in a state in which that cannot be done; the message says which. */
export class TenantStateError extends ChatKitError {
  readonly code = 'conflict';
  readonly status = 409;
}

/** The tenant was moved to another database after it was looked for in this one. */
export class TenantMovedError extends TenantStateError {
  constructor() {
    super('The tenant was moved to another database meanwhile: ask again');
  }
}

/** The tenant, or the user who is meant, is on legal hold, or a user of the tenant that is meant. */
export class TenantHeldError extends ChatKitError {
  readonly code = 'held';
  readonly status = 409;

  constructor() {
    super('A legal hold keeps what would be removed: release it first');
  }
}

/** There is no such hold in force. */
export class UnknownHoldError extends ChatKitError {
  readonly code = 'not_found';
  readonly status = 404;

  constructor() {
    super('Hold not found');
  }
}
