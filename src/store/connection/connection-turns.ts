import type { TurnRules } from '../../common/fair-turns.js';
import { unavailable } from './connection-errors.js';

/** How many connections there are, and how many may wait for one. */
interface TurnLimits {
  readonly poolMax: number;
  readonly poolQueueMax: number;
}

/** The parts of the line for connections that one user and one organisation may fill. */
const USER_SHARE = 0.5;
const TENANT_SHARE = 0.75;

/**
 * Lets as many work as there are connections. A tenant may have all of them while no other asks; whoever does is next, since
 * those who wait take turns by tenant.
 */
export function connectionTurns({ poolMax, poolQueueMax }: TurnLimits): TurnRules {
  return {
    isFull: (working) => working.total >= poolMax,
    mayWork: () => true,
    requirePlace: (waiting, member) => {
      const isFull =
        waiting.total >= poolQueueMax ||
        waiting.ofUser(member) >= poolQueueMax * USER_SHARE ||
        waiting.ofTenant(member) >= poolQueueMax * TENANT_SHARE;
      if (isFull) throw unavailable();
    },
  };
}
