import { scopeKey, type TenantScope } from './scope.js';

/** Adds up what the users of all tenants take at this moment: requests, streams, bytes. */
export class ScopeTally {
  readonly #users = new Map<string, number>();
  readonly #tenants = new Map<string, number>();
  #total = 0;

  /** Everybody's together. */
  get total(): number {
    return this.#total;
  }

  /** What the user takes. */
  ofUser(scope: TenantScope): number {
    return this.#users.get(scopeKey(scope)) ?? 0;
  }

  /** What all users of the tenant take. */
  ofTenant({ tenantId }: TenantScope): number {
    return this.#tenants.get(tenantId) ?? 0;
  }

  /** Takes so much more, or less where it is negative. */
  add(scope: TenantScope, amount: number): void {
    this.#total += amount;
    addTo(this.#users, scopeKey(scope), amount);
    addTo(this.#tenants, scope.tenantId, amount);
  }

  /** Takes so much until the returned function is called, which counts once. */
  take(scope: TenantScope, amount = 1): () => void {
    this.add(scope, amount);
    let taken = true;
    return () => {
      if (taken) this.add(scope, -amount);
      taken = false;
    };
  }
}

/** Keeps nobody who takes nothing. */
function addTo(sums: Map<string, number>, key: string, amount: number): void {
  const sum = (sums.get(key) ?? 0) + amount;
  if (sum === 0) sums.delete(key);
  else sums.set(key, sum);
}
