import type { TenantRecord } from '../directory/tenant-record.js';
import type { TenantIsolation } from '../directory/tenant-states.js';
import type { TenantPlace } from './tenant-place.js';
import type { TenantSchemas } from './tenant-schemas.js';

/** The places that a database has for the rows of tenants. */
export class DatabasePlaces {
  constructor(
    private readonly base: { readonly schema: string; readonly role: string },
    private readonly schemas: TenantSchemas,
  ) {}

  /** The place that tenants share. */
  shared(): TenantPlace {
    const { schema, role } = this.base;
    return { isolation: 'row', schema, role };
  }

  /** Where the rows of a tenant are by an isolation, whether its schema has been made or not. */
  at(tenantId: string, isolation: TenantIsolation): TenantPlace {
    return isolation === 'schema' ? this.schemas.own(tenantId) : this.shared();
  }

  /**
   * Where the rows of a tenant are that is in this database; its schema is made or migrated first, unless that is done.
   *
   * @throws UnavailableError when that cannot be done now
   */
  of(record: TenantRecord): TenantPlace | Promise<TenantPlace> {
    return record.isolation === 'row' ? this.shared() : this.schemas.placeOf(record);
  }
}
