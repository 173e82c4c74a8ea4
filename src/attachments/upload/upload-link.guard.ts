import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { correlationId, RequestContext } from '../../auth/index.js';
import { setRequestContext } from '../../auth/request-store.js';
import { SessionCookie } from '../../auth/session/session-cookie.js';
import { SignedLinks } from '../signed-links.js';

/** Lets in whoever has the link of an upload, on behalf of the user it was made for. */
@Injectable()
export class UploadLinkGuard implements CanActivate {
  constructor(
    private readonly links: SignedLinks,
    private readonly sessions: SessionCookie,
  ) {}

  /** @throws NotFoundError for a link that was not made here, EndpointError for one that has expired */
  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const http = execution.switchToHttp();
    const request = http.getRequest<Request<{ id: string }>>();
    const { token } = request.query;
    const { scope } = this.links.open('upload', request.params.id, typeof token === 'string' ? token : '');
    const id = correlationId(request, http.getResponse<Response>());
    const session = await this.sessions.read(request);
    setRequestContext(request, new RequestContext({ ...scope, correlationId: id, sessionId: session?.id }));
    return true;
  }
}
