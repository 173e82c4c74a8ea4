import { applyDecorators, Inject, Injectable, Optional, UseGuards } from '@nestjs/common';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import type { RequestContext } from '../context/request-context.js';
import { ChatKitAuthGuard } from '../identity/chatkit-auth.guard.js';
import { CHATKIT_ADMIN_ROLE } from '../identity/identity.port.js';
import { PrivilegedGuard } from './privileged.guard.js';

/**
 * Lets in those who have the administrators' role, by their session from pages of this server alone; works after
 * `ChatKitAuthGuard`.
 */
@Injectable()
export class ChatKitAdminGuard extends PrivilegedGuard {
  constructor(
    @Optional() @Inject(CHATKIT_ADMIN_ROLE) private readonly role?: string,
    @Optional() @Inject(AUTH_OPTIONS) options?: Pick<AuthOptions, 'publicUrl'>,
  ) {
    super('Administrators', options);
  }

  protected admits({ roles }: RequestContext): boolean {
    return this.role !== undefined && roles.includes(this.role);
  }
}

/** For controllers of administrators: of their own tenant, and of no other. */
export function ChatKitAdminOnly(): ClassDecorator & MethodDecorator {
  return applyDecorators(UseGuards(ChatKitAuthGuard, ChatKitAdminGuard));
}
