/** Somebody of an organisation. */
export interface Member {
  readonly tenantId: string;
  /** Unique within the tenant only. */
  readonly userId: string;
}

/** Adds up what the users of all tenants take at this moment: requests, streams, bytes. */
export class ScopeTally {
  /** By what is added up: nobody in particular, a tenant, a user of it. */
  readonly #sums = new Map<string, number>();

  /** Everybody's together. */
  get total(): number {
    return this.#sumOf([]);
  }

  /** What the user takes. */
  ofUser({ tenantId, userId }: Member): number {
    return this.#sumOf([tenantId, userId]);
  }

  /** What all users of the tenant take. */
  ofTenant({ tenantId }: Pick<Member, 'tenantId'>): number {
    return this.#sumOf([tenantId]);
  }

  /** Takes so much more, or less where it is negative. */
  add({ tenantId, userId }: Member, amount: number): void {
    for (const whose of [[], [tenantId], [tenantId, userId]]) {
      const key = JSON.stringify(whose);
      const sum = this.#sumOf(whose) + amount;
      // nobody is kept who takes nothing
      if (sum === 0) this.#sums.delete(key);
      else this.#sums.set(key, sum);
    }
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

  #sumOf(whose: readonly string[]): number {
    return this.#sums.get(JSON.stringify(whose)) ?? 0;
  }
}
