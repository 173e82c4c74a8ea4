import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { correlationId, RequestContext } from '../../auth/index.js';
import { setRequestContext } from '../../auth/request-store.js';
import { SignedLinks } from '../signed-links.js';

/** Lets in whoever has the link of an upload, on behalf of the user it was made for. */
@Injectable()
export class UploadLinkGuard implements CanActivate {
  constructor(private readonly links: SignedLinks) {}

  /** @throws NotFoundError for a link that was not made here, EndpointError for one that has expired */
  canActivate(execution: ExecutionContext): boolean {
    const http = execution.switchToHttp();
    const request = http.getRequest<Request<{ id: string }>>();
    const { token } = request.query;
    const { scope } = this.links.open('upload', request.params.id, typeof token === 'string' ? token : '');
    const id = correlationId(request, http.getResponse<Response>());
    setRequestContext(request, new RequestContext({ ...scope, correlationId: id }));
    return true;
  }
}
