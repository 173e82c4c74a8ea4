import { createHash } from 'node:crypto';

/** Who is erased or held: a user of a tenant, or without one the whole tenant. */
export interface Subject {
  readonly tenantId: string;
  readonly userId?: string | undefined;
}

/** What is kept of a user who is erased: who knows tenant and user finds it, and nothing leads back. Empty for a tenant. */
export function digestOf({ tenantId, userId }: Subject): string {
  if (userId === undefined) return '';
  return createHash('sha256').update(`${tenantId}\n${userId}`).digest('hex');
}
