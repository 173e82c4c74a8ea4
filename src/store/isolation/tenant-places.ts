import type { TenantScope } from '../../chatkit/core/store/scope.js';
import type { Clock } from '../../common/clock.js';
import { sqlState, unavailable } from '../connection/connection-errors.js';
import type { TenantDirectory } from '../directory/tenant-directory.js';
import type { TenantRecord } from '../directory/tenant-record.js';
import {
  ENTRY,
  TenantSuspendedError,
  UserErasedError,
  type TenantIsolation,
} from '../directory/tenant-states.js';
import type { TenantPlace } from './tenant-place.js';
import type { TenantSchemas } from './tenant-schemas.js';

/** Times that a tenant may turn out to have moved between looking it up and entering it. */
const MOVES = 3;
/** Milliseconds between attempts to write for a tenant that may only be read, and how long they go on. */
const PAUSE_MS = 50;
const PATIENCE_MS = 10_000;

/** Finds the place of each tenant, and finds it again when it has changed meanwhile. */
export class TenantPlaces {
  constructor(
    private readonly base: { readonly schema: string; readonly role: string },
    private readonly directory: TenantDirectory,
    private readonly schemas: TenantSchemas,
    private readonly clock: Pick<Clock, 'now' | 'sleep'>,
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
   * Has `work` done where the tenant is. Does so again when it was refused there because the tenant has moved, and for a
   * while when nothing of the tenant may be written.
   *
   * @throws TenantSuspendedError, UserErasedError
   * @throws UnavailableError when nothing may be written for longer than ten seconds
   */
  async visit<T>({ tenantId }: TenantScope, work: (place: TenantPlace) => Promise<T>): Promise<T> {
    let moves = 0;
    let until: number | undefined;
    let found = this.#guess(tenantId);
    for (;;) {
      try {
        return await work('then' in found ? await found : found);
      } catch (error) {
        const state = sqlState(error);
        if (state === ENTRY.shut) throw new TenantSuspendedError();
        if (state === ENTRY.userErased) throw new UserErasedError();
        if (state === ENTRY.elsewhere && moves < MOVES) {
          moves += 1;
          found = this.#of(await this.directory.look(tenantId));
        } else if (state === ENTRY.readOnly) {
          until ??= this.clock.now() + PATIENCE_MS;
          if (this.clock.now() > until) throw unavailable(error);
          await this.clock.sleep(PAUSE_MS);
        } else throw state === ENTRY.elsewhere ? unavailable(error) : error;
      }
    }
  }

  /** A tenant that nothing is known of is looked for where tenants are put: most are there, and it need not be asked. */
  #guess(tenantId: string): TenantPlace | Promise<TenantPlace> {
    const known = this.directory.known(tenantId);
    if (known !== undefined) return this.#of(known);
    if (this.directory.isolation === 'row') return this.shared();
    return this.#find(tenantId);
  }

  async #find(tenantId: string): Promise<TenantPlace> {
    return this.#of(await this.directory.look(tenantId));
  }

  #of(record: TenantRecord): TenantPlace | Promise<TenantPlace> {
    return record.isolation === 'row' ? this.shared() : this.schemas.placeOf(record);
  }
}
