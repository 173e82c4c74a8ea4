import { Inject, Injectable, Optional, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { RequestContext } from '../context/request-context.js';
import { RequestGates } from '../../common/gates/request-gates.js';
import { Observers } from '../../common/observer/observers.js';
import { requestContext, setRequestContext } from '../context/request-store.js';
import { CHATKIT_IDENTITY, type IdentitySource } from './identity.port.js';

/**
 * Lets in requests whose sender the application's identity knows, and gives each its `RequestContext`, which
 * handlers read with `@Ctx()`, once the sender's requests leave room for it. Stands before every route of ours.
 */
@Injectable()
export class ChatKitAuthGuard implements CanActivate {
  constructor(
    @Optional() @Inject(CHATKIT_IDENTITY) private readonly identity?: IdentitySource,
    @Optional() private readonly observers?: Observers,
    @Optional() private readonly gates?: RequestGates,
  ) {}

  /** @throws {AuthError} 401, 403 or 503, with the body every error of this server has, and what a gate refuses with */
  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const http = execution.switchToHttp();
    const request = http.getRequest<Request>();
    // it has been let in, where a host guards all its routes by this
    if (requestContext(request) !== undefined) return true;
    const { identity, observers } = this;
    if (identity === undefined) throw new Error('nobody says who sends a request: import ChatKitAuthModule');
    const response = http.getResponse<Response>();
    const authenticate = (): Promise<RequestContext> => identity.authenticate(request, response);
    const context = await (observers?.around({ kind: 'authentication' }, authenticate) ?? authenticate());
    setRequestContext(request, context);
    await this.gates?.pass(request, response, context);
    return true;
  }
}
