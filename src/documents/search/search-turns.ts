import { UnavailableError } from '../../chatkit/core/index.js';
import { FairTurns } from '../../common/fair-turns.js';

/** Searches that may wait. */
const QUEUE = 1000;
const QUEUE_OF_TENANT = 200;
const QUEUE_OF_USER = 20;

/**
 * Turns of searches, so many at a time, of one tenant half as many. Who is one too many to wait gets an
 * UnavailableError.
 */
export function searchTurns(atOnce: number): FairTurns {
  const ofTenant = Math.ceil(atOnce / 2);
  return new FairTurns({
    mayWork: (working, member) => working.total < atOnce && working.ofTenant(member) < ofTenant,
    requirePlace: (waiting, member) => {
      const isFull =
        waiting.total >= QUEUE ||
        waiting.ofTenant(member) >= QUEUE_OF_TENANT ||
        waiting.ofUser(member) >= QUEUE_OF_USER;
      if (isFull) throw new UnavailableError('too many searches wait');
    },
  });
}
