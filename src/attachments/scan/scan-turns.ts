import { FairTurns } from '../../common/fair-turns.js';
import type { Member, ScopeTally } from '../../common/scope-tally.js';
import { EndpointError } from '../../chatkit/http/endpoint-error.js';

/** Who may wait. */
const MAX_WAITING = 64;
/** The parts of the turns, and of the line for them, that one user and one organisation may have. */
const USER_SHARE = 0.5;
const TENANT_SHARE = 0.75;
const RETRY_AFTER = { 'retry-after': '5' };

/**
 * Turns of files that are looked at, so many at a time, of which no user and no organisation takes all. Who finds no
 * place in their line gets the EndpointError too_many_uploads or server_busy.
 */
export function scanTurns(atOnce: number): FairTurns {
  return new FairTurns({ mayWork: (working, member) => hasRoom(working, member, atOnce), requirePlace });
}

function requirePlace(waiting: ScopeTally, member: Member): void {
  if (waiting.total >= MAX_WAITING) {
    throw new EndpointError('server_busy', 'Too many files wait to be checked', RETRY_AFTER);
  }
  if (!hasRoom(waiting, member, MAX_WAITING)) {
    const message = 'Too many of your files, or of your organisation’s, wait to be checked';
    throw new EndpointError('too_many_uploads', message, RETRY_AFTER);
  }
}

/** Whether one more finds room among `all`, in all and in the shares of its user and organisation. */
function hasRoom(tally: ScopeTally, member: Member, all: number): boolean {
  return (
    tally.total < all &&
    tally.ofUser(member) < Math.ceil(all * USER_SHARE) &&
    tally.ofTenant(member) < Math.ceil(all * TENANT_SHARE)
  );
}
