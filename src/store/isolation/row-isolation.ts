import { boundRoleOf } from '../migrations/names.js';
import type { Isolation, TenantPlace } from './isolation.js';

/** All tenants share one schema; row-level security keeps them apart. */
export class RowIsolation implements Isolation {
  readonly #place: TenantPlace;

  constructor(schema: string) {
    this.#place = { schema, role: boundRoleOf(schema) };
  }

  placeOf(): TenantPlace {
    return this.#place;
  }
}
