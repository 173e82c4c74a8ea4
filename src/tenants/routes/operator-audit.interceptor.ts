import {
  Inject,
  Injectable,
  Optional,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { from, type Observable } from 'rxjs';
import { CHATKIT_OPERATORS, type Operators } from '../../auth/roles/operator.guard.js';
import {
  CHATKIT_AUDIT_TRAIL,
  CHATKIT_OPERATOR_TRAIL,
  type AuditTrail,
} from '../../chatkit/audit/audit-trail.port.js';
import { recorded } from '../../chatkit/audit/audit.interceptor.js';
import { recordOperator } from './operator-audit.js';

/** Records what came of the requests of operators, before they are answered. */
@Injectable()
export class OperatorAuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    @Inject(CHATKIT_OPERATORS) private readonly operators: Operators,
    @Optional() @Inject(CHATKIT_AUDIT_TRAIL) private readonly own?: AuditTrail,
    @Optional() @Inject(CHATKIT_OPERATOR_TRAIL) private readonly ofTenants?: AuditTrail,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { operators, reflector, own, ofTenants } = this;
    const trails = { own, ofTenants };
    return from(
      recorded(next, (end) => recordOperator(trails, operators.tenantId, execution, reflector, end)),
    );
  }
}
