import { generateKeyPairSync } from 'node:crypto';
import { systemClock } from '../../../src/common/clock.js';
import type { StoreParts } from '../../../src/store/create-store.js';
import {
  parseTenantsOrder,
  tenantTools,
  type TenantsOrder,
  type TenantTools,
} from '../../../src/tenants/index.js';

/** A key that reports are signed with in tests. */
export const REPORT_KEY = JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }));

/** What an operator works with, on a store that is open. */
export function operatorOf(
  { tenants, features }: StoreParts,
  options: Partial<Parameters<typeof tenantTools>[2]> = {},
): TenantTools {
  return tenantTools(tenants, features, { clock: systemClock, reportKey: REPORT_KEY, ...options });
}

export type Operator = TenantTools;

/** What a call of the command asks for on the database. */
export function orderOf(...args: string[]): TenantsOrder {
  const order = parseTenantsOrder(args);
  if (order.command === 'verify-report') throw new Error('A report is not in the database');
  return order;
}
