import type { IncomingMessage } from 'node:http';
import type { HostIdentity } from 'nestjs-chatkit';

/** Stands for the sessions that the application has already: who holds which library card. */
const CARDS = new Map<string, HostIdentity>([
  [
    'card-ada',
    { tenantId: 'riverside', tenantName: 'Riverside Library', userId: 'ada', user: { name: 'Ada' } },
  ],
  ['card-bo', { tenantId: 'riverside', tenantName: 'Riverside Library', userId: 'bo', user: { name: 'Bo' } }],
  ['card-cy', { tenantId: 'hilltop', tenantName: 'Hilltop Library', userId: 'cy', user: { name: 'Cy' } }],
]);

/** Tells whose card a request shows; one without a card is refused. */
export function cardHolder({ headers }: IncomingMessage): HostIdentity | undefined {
  const [, card = ''] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
  return CARDS.get(card);
}
