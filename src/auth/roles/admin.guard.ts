import { applyDecorators, Inject, Injectable, Optional, UseGuards } from '@nestjs/common';
import { AuthError } from '../auth.errors.js';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import { correlationId } from '../http/correlation-id.js';
import { originAllowed } from '../http/origin.js';
import { ChatKitAuthGuard } from '../identity/chatkit-auth.guard.js';
import { CHATKIT_ADMIN_ROLE } from '../identity/identity.port.js';
import { requestContext } from '../context/request-store.js';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';

/**
 * Lets in those who have the administrators' role, by their session from pages of this server alone; works after
 * `ChatKitAuthGuard`.
 */
@Injectable()
export class ChatKitAdminGuard implements CanActivate {
  readonly #own: ReadonlySet<string>;

  constructor(
    @Optional() @Inject(CHATKIT_ADMIN_ROLE) private readonly role?: string,
    @Optional() @Inject(AUTH_OPTIONS) options?: Pick<AuthOptions, 'publicUrl'>,
  ) {
    this.#own = new Set(options === undefined ? [] : [new URL(options.publicUrl).origin]);
  }

  /** @throws {AuthError} 403 when the caller is no administrator, or a page of another origin uses the session's cookie */
  canActivate(execution: ExecutionContext): boolean {
    const http = execution.switchToHttp();
    const request = http.getRequest<Request>();
    const context = requestContext(request);
    const id = correlationId(request, http.getResponse<Response>());
    if (this.role === undefined || !context?.roles.includes(this.role)) {
      throw new AuthError('forbidden', 'This is for administrators', id);
    }
    if (context.sessionId === undefined || originAllowed(request, this.#own)) return true;
    throw new AuthError('forbidden', 'Administrators use their session on pages of this server alone', id);
  }
}

/** For controllers of administrators: of their own tenant, and of no other. */
export function ChatKitAdminOnly(): ClassDecorator & MethodDecorator {
  return applyDecorators(UseGuards(ChatKitAuthGuard, ChatKitAdminGuard));
}
