import { applyDecorators, Inject, Injectable, UseGuards } from '@nestjs/common';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import { AuthError } from '../auth.errors.js';
import { correlationId } from '../http/correlation-id.js';
import { JwtAuthGuard } from '../jwt-auth.guard.js';
import { requestContext } from '../request-store.js';
import type { RequestContext } from '../request-context.js';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';

/** Whether somebody administers their organisation. */
export function isAdmin(
  { roles }: Pick<RequestContext, 'roles'>,
  { adminRole = 'admin' }: Pick<AuthOptions, 'adminRole'>,
): boolean {
  return roles.includes(adminRole);
}

/** Lets in those whose token has the administrators' role; works after `JwtAuthGuard`. */
@Injectable()
export class ChatKitAdminGuard implements CanActivate {
  constructor(@Inject(AUTH_OPTIONS) private readonly options: AuthOptions) {}

  /** @throws {AuthError} 403 when the caller is no administrator */
  canActivate(execution: ExecutionContext): boolean {
    const http = execution.switchToHttp();
    const request = http.getRequest<Request>();
    const context = requestContext(request);
    if (context !== undefined && isAdmin(context, this.options)) return true;
    const id = correlationId(request, http.getResponse<Response>());
    throw new AuthError('forbidden', 'This is for administrators', id);
  }
}

/** For controllers of administrators: of the tenant that their token names, and of no other. */
export function ChatKitAdminOnly(): ClassDecorator & MethodDecorator {
  return applyDecorators(UseGuards(JwtAuthGuard, ChatKitAdminGuard));
}
