import type { TenantsOrder } from './order.js';

/** What is about one tenant. */
export type AboutTenant = Extract<TenantsOrder, { readonly tenantId: string }>;

/** What the audit log of the tenant has of an order; not which user was erased. */
interface RecordedAction {
  readonly action: string;
  readonly isReading: boolean;
  readonly target?: string | undefined;
}

/** As the audit log calls it. */
export function actionOf(order: AboutTenant): RecordedAction {
  const changes = 'change' in order && Object.values(order.change).some((value) => value !== undefined);
  switch (order.command) {
    case 'limits':
      return { action: changes ? 'tenants.set_limits' : 'tenants.limits', isReading: !changes };
    case 'retain':
      return { action: changes ? 'retention.change' : 'retention.read', isReading: !changes };
    case 'hold':
      return { action: 'holds.place', isReading: false, target: order.userId };
    case 'holds':
      return { action: 'holds.list', isReading: true };
    case 'release':
      return { action: 'holds.release', isReading: false };
    case 'erase':
      return { action: 'erasures.run', isReading: false };
    case 'show':
      return { action: 'tenants.show', isReading: true };
    case 'export':
      return { action: 'tenants.export', isReading: false, target: order.userId };
    case 'add':
    case 'suspend':
    case 'resume':
    case 'move':
    case 'fetch':
      return { action: `tenants.${order.command}`, isReading: false };
    default:
      return order satisfies never;
  }
}
