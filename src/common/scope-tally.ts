/** Somebody of an organisation. */
export interface Member {
  readonly tenantId: string;
  /** Unique within the tenant only. */
  readonly userId: string;
}

/** What the users of a tenant take, and all of them together. */
interface TenantSum {
  sum: number;
  readonly users: Map<string, number>;
}

/** Adds up what the users of all tenants take at this moment: requests, streams, bytes. */
export class ScopeTally {
  readonly #tenants = new Map<string, TenantSum>();
  #total = 0;

  /** Everybody's together. */
  get total(): number {
    return this.#total;
  }

  /** What the user takes. */
  ofUser({ tenantId, userId }: Member): number {
    return this.#tenants.get(tenantId)?.users.get(userId) ?? 0;
  }

  /** What all users of the tenant take. */
  ofTenant({ tenantId }: Pick<Member, 'tenantId'>): number {
    return this.#tenants.get(tenantId)?.sum ?? 0;
  }

  /** Takes so much more, or less where it is negative. */
  add({ tenantId, userId }: Member, amount: number): void {
    if (amount === 0) return;
    const tenant = this.#tenants.get(tenantId) ?? { sum: 0, users: new Map<string, number>() };
    const ofUser = (tenant.users.get(userId) ?? 0) + amount;
    this.#total += amount;
    tenant.sum += amount;
    // nobody is kept who takes nothing
    if (ofUser === 0) tenant.users.delete(userId);
    else tenant.users.set(userId, ofUser);
    if (tenant.users.size === 0) this.#tenants.delete(tenantId);
    else this.#tenants.set(tenantId, tenant);
  }

  /** Takes so much until the returned function is called, which counts once. */
  take(member: Member, amount = 1): () => void {
    this.add(member, amount);
    let taken = true;
    return () => {
      if (taken) this.add(member, -amount);
      taken = false;
    };
  }
}
