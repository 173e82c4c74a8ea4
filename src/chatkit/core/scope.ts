/**
 * Whose data an operation may touch. Every store method takes one; the store refuses to work without
 * a tenant. A request context satisfies it structurally.
 */
export interface TenantScope {
  /** The organisation. Non-empty. */
  readonly tenantId: string;
  /** The member of that organisation. Non-empty; unique within the tenant only. */
  readonly userId: string;
}
