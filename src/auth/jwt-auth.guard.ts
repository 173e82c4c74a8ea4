import { Injectable } from '@nestjs/common';
import { Authenticator } from './authenticator.js';
import { setRequestContext } from './request-store.js';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';

/**
 * Lets in requests with a valid bearer token or, from pages of an allowed origin, a valid session cookie, and
 * gives each its `RequestContext`, which handlers read with `@Ctx()`.
 */
@Injectable()
export class JwtAuthGuard implements CanActivate {
  constructor(private readonly authenticator: Authenticator) {}

  /** @throws {AuthError} 401, 403 or 503, with the body every error of this server has */
  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const http = execution.switchToHttp();
    const request = http.getRequest<Request>();
    setRequestContext(request, await this.authenticator.authenticate(request, http.getResponse<Response>()));
    return true;
  }
}
