import type { Isolation, TenantPlace } from './isolation.js';

/** All tenants share one schema; row-level security keeps them apart. */
export class RowIsolation implements Isolation {
  constructor(
    private readonly schema: string,
    private readonly database: { readonly role: string },
  ) {}

  placeOf(): TenantPlace {
    return { schema: this.schema, role: this.database.role };
  }
}
