import { createHash } from 'node:crypto';

/** PostgreSQL cuts names after 63 bytes; the role adds `_app`. */
const LONGEST = 59;
const HASH = 32;

/**
 * Name of a tenant's schema: the base, what of the tenant's name is safe in a name, for people, and a hash
 * of the whole of it, so that no two tenants meet in one schema.
 */
export function tenantSchema(base: string, tenantId: string): string {
  const hash = createHash('sha256').update(tenantId).digest('hex').slice(0, HASH);
  const room = LONGEST - base.length - HASH - 2;
  const readable = tenantId
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/^_/, '')
    .slice(0, room)
    .replace(/_$/, '');
  return [base, readable, hash].filter((part) => part !== '').join('_');
}
