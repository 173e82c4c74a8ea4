import { Inject, Injectable, Optional } from '@nestjs/common';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import type { RequestContext } from '../context/request-context.js';
import { PrivilegedGuard } from './privileged.guard.js';

/** Injection token of the {@link Operators}. */
export const CHATKIT_OPERATORS = Symbol('chatkit:operators');

/** Who operates the service, for all of its tenants. */
export interface Operators {
  /** Their organisation. */
  readonly tenantId: string;
  /** Their role in that organisation; the same role elsewhere means nothing. */
  readonly role: string;
}

/** Lets in the operators of the service; works after `ChatKitAuthGuard`. */
@Injectable()
export class ChatKitOperatorGuard extends PrivilegedGuard {
  constructor(
    @Inject(CHATKIT_OPERATORS) private readonly operators: Operators,
    @Optional() @Inject(AUTH_OPTIONS) options?: Pick<AuthOptions, 'publicUrl'>,
  ) {
    super('Operators', options);
  }

  protected admits({ tenantId, roles }: RequestContext): boolean {
    return tenantId === this.operators.tenantId && roles.includes(this.operators.role);
  }
}
