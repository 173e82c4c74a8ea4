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
