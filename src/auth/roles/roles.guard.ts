import { Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthError } from '../auth.errors.js';
import { correlationId } from '../http/correlation-id.js';
import { requestContext } from '../context/request-store.js';
import { ROLES_METADATA } from './roles.decorator.js';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';

/** Enforces `@ChatKitRoles()`; a handler without it is open to every member. */
@Injectable()
export class ChatKitRolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** @throws {AuthError} 403 when the caller has none of the roles */
  canActivate(execution: ExecutionContext): boolean {
    const wanted = this.reflector.getAllAndOverride<readonly string[] | undefined>(ROLES_METADATA, [
      execution.getHandler(),
      execution.getClass(),
    ]);
    if (wanted === undefined || wanted.length === 0) return true;
    const http = execution.switchToHttp();
    const request = http.getRequest<Request>();
    const roles = requestContext(request)?.roles ?? [];
    if (wanted.some((role) => roles.includes(role))) return true;
    const id = correlationId(request, http.getResponse<Response>());
    throw new AuthError('forbidden', 'This needs a role you do not have', id);
  }
}
