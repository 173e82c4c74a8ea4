import { UnavailableError } from '../../chatkit/core/index.js';
import { FairTurns } from '../../common/fair-turns.js';

/**
 * Turns of documents that are read, of so many tenants at a time, of one tenant one at a time. Who is one too many of a
 * tenant to wait gets an UnavailableError.
 */
export function readingTurns(atOnce: number, maxWaiting: number): FairTurns {
  return new FairTurns({
    mayWork: (working, member) => working.total < atOnce && working.ofTenant(member) === 0,
    requirePlace: (waiting, member) => {
      if (waiting.ofTenant(member) < maxWaiting) return;
      throw new UnavailableError('other documents of the organisation are being read');
    },
  });
}
