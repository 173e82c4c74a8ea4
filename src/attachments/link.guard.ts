import {
  Inject,
  Injectable,
  mixin,
  Optional,
  type CanActivate,
  type ExecutionContext,
  type Type,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { correlationId, RequestContext } from '../auth/index.js';
import { setRequestContext } from '../auth/context/request-store.js';
import { CHATKIT_SESSIONS, type SessionSource } from '../auth/session/sessions.port.js';
import { RequestGates } from '../common/gates/request-gates.js';
import { SignedLinks, type LinkPurpose } from './signed-links.js';

/** Lets in whoever has the link for this purpose, on behalf of the user it was made for. */
export function linkGuard(purpose: LinkPurpose): Type<CanActivate> {
  @Injectable()
  class LinkGuard implements CanActivate {
    constructor(
      private readonly links: SignedLinks,
      @Optional() @Inject(CHATKIT_SESSIONS) private readonly sessions?: SessionSource,
      @Optional() private readonly gates?: RequestGates,
    ) {}

    /** @throws NotFoundError for a link that was not made here, EndpointError for one that has expired */
    async canActivate(execution: ExecutionContext): Promise<boolean> {
      const http = execution.switchToHttp();
      const request = http.getRequest<Request<{ id: string }>>();
      const { token } = request.query;
      const link = typeof token === 'string' ? token : '';
      const sessionId = (await this.sessions?.read(request))?.id;
      const { scope } = this.links.open(purpose, request.params.id, link, sessionId);
      const response = http.getResponse<Response>();
      const id = correlationId(request, response);
      setRequestContext(request, new RequestContext({ ...scope, correlationId: id, sessionId }));
      await this.gates?.pass(request, response, scope);
      return true;
    }
  }
  return mixin(LinkGuard);
}
