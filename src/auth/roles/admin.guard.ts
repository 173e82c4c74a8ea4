import { applyDecorators, Inject, Injectable, Optional, UseGuards } from '@nestjs/common';
import { AuthError } from '../auth.errors.js';
import { correlationId } from '../http/correlation-id.js';
import { ChatKitAuthGuard } from '../identity/chatkit-auth.guard.js';
import { CHATKIT_ADMIN_ROLE } from '../identity/identity.port.js';
import { requestContext } from '../context/request-store.js';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';

/** Lets in those who have the administrators' role; works after `ChatKitAuthGuard`. */
@Injectable()
export class ChatKitAdminGuard implements CanActivate {
  constructor(@Optional() @Inject(CHATKIT_ADMIN_ROLE) private readonly role?: string) {}

  /** @throws {AuthError} 403 when the caller is no administrator */
  canActivate(execution: ExecutionContext): boolean {
    const http = execution.switchToHttp();
    const request = http.getRequest<Request>();
    const context = requestContext(request);
    if (this.role !== undefined && context?.roles.includes(this.role)) return true;
    const id = correlationId(request, http.getResponse<Response>());
    throw new AuthError('forbidden', 'This is for administrators', id);
  }
}

/** For controllers of administrators: of their own tenant, and of no other. */
export function ChatKitAdminOnly(): ClassDecorator & MethodDecorator {
  return applyDecorators(UseGuards(ChatKitAuthGuard, ChatKitAdminGuard));
}
