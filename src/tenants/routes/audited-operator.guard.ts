import { Inject, Injectable, Optional, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AUTH_OPTIONS, type AuthOptions } from '../../auth/auth.options.js';
import { ChatKitOperatorGuard, CHATKIT_OPERATORS, type Operators } from '../../auth/roles/operator.guard.js';
import {
  CHATKIT_AUDIT_TRAIL,
  CHATKIT_OPERATOR_TRAIL,
  type AuditTrail,
} from '../../chatkit/audit/audit-trail.port.js';
import { recordOperator } from './operator-audit.js';

/** As `ChatKitOperatorGuard`; whom it refuses is recorded, before they are told. */
@Injectable()
export class AuditedOperatorGuard implements CanActivate {
  readonly #guard: ChatKitOperatorGuard;

  constructor(
    private readonly reflector: Reflector,
    @Inject(CHATKIT_OPERATORS) private readonly operators: Operators,
    @Optional() @Inject(AUTH_OPTIONS) options?: Pick<AuthOptions, 'publicUrl'>,
    @Optional() @Inject(CHATKIT_AUDIT_TRAIL) private readonly own?: AuditTrail,
    @Optional() @Inject(CHATKIT_OPERATOR_TRAIL) private readonly ofTenants?: AuditTrail,
  ) {
    this.#guard = new ChatKitOperatorGuard(operators, options);
  }

  /** @throws {AuthError} 403, as ChatKitOperatorGuard */
  async canActivate(execution: ExecutionContext): Promise<boolean> {
    try {
      return this.#guard.canActivate(execution);
    } catch (error) {
      const { own, ofTenants } = this;
      await recordOperator({ own, ofTenants }, this.operators.tenantId, execution, this.reflector, { error });
      throw error;
    }
  }
}
