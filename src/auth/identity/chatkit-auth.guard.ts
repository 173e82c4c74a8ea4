import { Inject, Injectable, Optional, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { setRequestContext } from '../context/request-store.js';
import { CHATKIT_IDENTITY, type IdentitySource } from './identity.port.js';

/**
 * Lets in requests whose sender the application's identity knows, and gives each its `RequestContext`, which
 * handlers read with `@Ctx()`. Stands before every route of ours.
 */
@Injectable()
export class ChatKitAuthGuard implements CanActivate {
  constructor(@Optional() @Inject(CHATKIT_IDENTITY) private readonly identity?: IdentitySource) {}

  /** @throws {AuthError} 401, 403 or 503, with the body every error of this server has */
  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const http = execution.switchToHttp();
    const request = http.getRequest<Request>();
    if (this.identity === undefined)
      throw new Error('nobody says who sends a request: import ChatKitAuthModule');
    setRequestContext(request, await this.identity.authenticate(request, http.getResponse<Response>()));
    return true;
  }
}
