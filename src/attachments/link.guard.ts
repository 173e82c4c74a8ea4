import { Injectable, mixin, type CanActivate, type ExecutionContext, type Type } from '@nestjs/common';
import type { Request, Response } from 'express';
import { correlationId, RequestContext } from '../auth/index.js';
import { setRequestContext } from '../auth/request-store.js';
import { SignedLinks, type LinkPurpose } from './signed-links.js';

/** Lets in whoever has the link for this purpose, on behalf of the user it was made for. */
export function linkGuard(purpose: LinkPurpose): Type<CanActivate> {
  @Injectable()
  class LinkGuard implements CanActivate {
    constructor(private readonly links: SignedLinks) {}

    /** @throws NotFoundError for a link that was not made here, EndpointError for one that has expired */
    canActivate(execution: ExecutionContext): boolean {
      const http = execution.switchToHttp();
      const request = http.getRequest<Request<{ id: string }>>();
      const { token } = request.query;
      const { scope } = this.links.open(purpose, request.params.id, typeof token === 'string' ? token : '');
      const id = correlationId(request, http.getResponse<Response>());
      setRequestContext(request, new RequestContext({ ...scope, correlationId: id }));
      return true;
    }
  }
  return mixin(LinkGuard);
}
