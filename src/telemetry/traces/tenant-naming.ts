import { createHash } from 'node:crypto';

/** How traces name a tenant and a user: not at all, by a digest of their ids, or by the ids. */
export type TenantNaming = 'off' | 'hashed' | 'plain';

const LENGTH = 16;

/** The attributes of a span that say whose request it is for. */
export function scopeAttributes(
  naming: TenantNaming,
  { tenantId, userId }: { readonly tenantId: string; readonly userId: string },
): Record<string, string> {
  switch (naming) {
    case 'off':
      return {};
    case 'hashed':
      return {
        'chatkit.tenant.hash': digest(tenantId),
        'enduser.pseudo.id': digest(`${tenantId} ${userId}`),
      };
    case 'plain':
      return { 'chatkit.tenant.id': tenantId, 'enduser.id': userId };
    default:
      return naming satisfies never;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, LENGTH);
}
