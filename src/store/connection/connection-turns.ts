import type { TurnRules } from '../../common/fair-turns.js';
import { unavailable } from './connection-errors.js';
import type { LastAsked } from '../../common/last-asked.js';

/** How many connections there are, and how many may wait for one. */
interface TurnLimits {
  readonly poolMax: number;
  readonly poolQueueMax: number;
}

/** The part of the connections that one tenant may have while another is expected to ask. */
const SHARE_BESIDE_OTHERS = 0.5;
/** The parts of the line for connections that one user and one organisation may fill. */
const USER_SHARE = 0.5;
const TENANT_SHARE = 0.75;

/**
 * Lets as many work as there are connections. A tenant may have all of them while no other asks. As soon as one does, and for
 * a while after it, a tenant has its share: the other finds a connection, and a database that is not busy with so many
 * statements of the first. Those who wait take turns by tenant.
 */
export function connectionTurns({ poolMax, poolQueueMax }: TurnLimits, asked: LastAsked): TurnRules {
  const share = Math.ceil(poolMax * SHARE_BESIDE_OTHERS);
  return {
    isFull: (working) => working.total >= poolMax,
    isTenantFull: (working, member) => working.ofTenant(member) >= share && !asked.isAlone(member.tenantId),
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
