import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable, UnauthorizedException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { correlationId, RequestContext, setRequestContext } from 'nestjs-chatkit';

/** Stands for the sessions that the application has already: who holds which library card. */
const CARDS = new Map([
  [
    'card-ada',
    { tenantId: 'riverside', tenantName: 'Riverside Library', userId: 'ada', user: { name: 'Ada' } },
  ],
  ['card-bo', { tenantId: 'riverside', tenantName: 'Riverside Library', userId: 'bo', user: { name: 'Bo' } }],
  ['card-cy', { tenantId: 'hilltop', tenantName: 'Hilltop Library', userId: 'cy', user: { name: 'Cy' } }],
]);

/** Lets in whoever shows a library card, and tells ChatKit who that is. */
@Injectable()
export class CardGuard implements CanActivate {
  canActivate(execution: ExecutionContext): boolean {
    const http = execution.switchToHttp();
    const request = http.getRequest<IncomingMessage>();
    const [, card = ''] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
    const member = CARDS.get(card);
    if (member === undefined) throw new UnauthorizedException('Show your library card');
    const id = correlationId(request, http.getResponse<ServerResponse>());
    setRequestContext(request, new RequestContext({ ...member, correlationId: id }));
    return true;
  }
}
