import type { HoldRow } from '../hold/hold-statements.js';
import type { TenantHolds } from '../hold/tenant-holds.js';
import type { TenantsCommandOptions } from './options.js';
import type { HoldOrder } from './order.js';

/** Places, releases or lists legal holds, and tells of them. */
export async function toldHolds(
  holds: TenantHolds,
  order: HoldOrder,
  { caller, say }: Pick<TenantsCommandOptions, 'caller' | 'say'>,
): Promise<void> {
  const by = order.by ?? caller;
  switch (order.command) {
    case 'holds':
      for (const hold of await holds.list(order.tenantId)) say(lineOf(hold));
      return;
    case 'hold':
      return say(lineOf(await holds.place({ ...order, by })));
    case 'release':
      return say(lineOf(await holds.release({ ...order, by })));
    default:
      return order satisfies never;
  }
}

function lineOf({ id, user_id, reason, held_by, held_at, released_by, released_at }: HoldRow): string {
  const held = `${id}  ${user_id ?? 'everybody'}  held ${held_at.toISOString()} by ${held_by}: ${reason}`;
  return released_at === null ? held : `${held}  released ${released_at.toISOString()} by ${released_by}`;
}
