import { Inject, Injectable, Optional, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AUTH_OPTIONS, type AuthOptions } from '../../auth/auth.options.js';
import { CHATKIT_ADMIN_ROLE } from '../../auth/identity/identity.port.js';
import { ChatKitAdminGuard } from '../../auth/roles/admin.guard.js';
import { CHATKIT_AUDIT_TRAIL, type AuditTrail } from '../audit/audit-trail.port.js';
import { recordRequest } from '../audit/audited-request.js';

/** As `ChatKitAdminGuard`; whom it refuses is recorded, before they are told. */
@Injectable()
export class AuditedAdminGuard implements CanActivate {
  readonly #admins: ChatKitAdminGuard;

  constructor(
    private readonly reflector: Reflector,
    @Optional() @Inject(CHATKIT_ADMIN_ROLE) role?: string,
    @Optional() @Inject(AUTH_OPTIONS) options?: Pick<AuthOptions, 'publicUrl'>,
    @Optional() @Inject(CHATKIT_AUDIT_TRAIL) private readonly trail?: AuditTrail,
  ) {
    this.#admins = new ChatKitAdminGuard(role, options);
  }

  /** @throws {AuthError} 403, as ChatKitAdminGuard */
  async canActivate(execution: ExecutionContext): Promise<boolean> {
    try {
      return this.#admins.canActivate(execution);
    } catch (error) {
      await recordRequest(this.trail, execution, this.reflector, { error });
      throw error;
    }
  }
}
