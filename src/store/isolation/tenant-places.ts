import type { TenantScope } from '../../chatkit/core/store/scope.js';
import type { Clock } from '../../common/clock.js';
import { sqlState, unavailable } from '../connection/connection-errors.js';
import type { TenantDatabase } from '../databases/tenant-database.js';
import type { TenantDatabases } from '../databases/tenant-databases.js';
import type { TenantDirectory } from '../directory/tenant-directory.js';
import type { TenantRecord } from '../directory/tenant-record.js';
import { ENTRY, TenantSuspendedError, UserErasedError } from '../directory/tenant-states.js';
import type { TenantPlace } from './tenant-place.js';

/** Times that a tenant may turn out to have moved between looking it up and entering it, before it is waited for. */
const MOVES = 3;
/** Milliseconds between attempts for a tenant that is moving, and how long they go on. */
const PAUSE_MS = 50;
const PATIENCE_MS = 10_000;

/** A place, and the database that has it. */
interface Found {
  readonly database: TenantDatabase;
  readonly place: TenantPlace;
}

/** Finds the place of each tenant, and finds it again when it has changed meanwhile. */
export class TenantPlaces {
  constructor(
    private readonly databases: TenantDatabases,
    private readonly directory: TenantDirectory,
    private readonly clock: Pick<Clock, 'now' | 'sleep'>,
  ) {}

  /**
   * Has `work` done where the tenant is. Does so again when it was refused there because the tenant has moved, and for a
   * while when nothing of the tenant may be written, or it is between two databases.
   *
   * @throws TenantSuspendedError, UserErasedError
   * @throws UnavailableError when nothing may be written for longer than ten seconds
   */
  async visit<T>(
    { tenantId }: TenantScope,
    work: (place: TenantPlace, database: TenantDatabase) => Promise<T>,
  ): Promise<T> {
    let moves = 0;
    let until: number | undefined;
    let found = this.#guess(tenantId);
    for (;;) {
      try {
        const { place, database } = 'then' in found ? await found : found;
        return await work(place, database);
      } catch (error) {
        const state = sqlState(error);
        if (state === ENTRY.shut) throw new TenantSuspendedError();
        if (state === ENTRY.userErased) throw new UserErasedError();
        if (state !== ENTRY.elsewhere && state !== ENTRY.readOnly) throw error;
        if (state === ENTRY.readOnly || moves >= MOVES) {
          until ??= this.clock.now() + PATIENCE_MS;
          if (this.clock.now() > until) throw unavailable(error);
          await this.clock.sleep(PAUSE_MS);
        }
        if (state === ENTRY.elsewhere) {
          moves += 1;
          found = this.#of(await this.directory.look(tenantId));
        }
      }
    }
  }

  /** A tenant that nothing is known of is looked for where tenants are put: most are there, and it need not be asked. */
  #guess(tenantId: string): Found | Promise<Found> {
    const known = this.directory.known(tenantId);
    if (known !== undefined) return this.#of(known);
    const { home } = this.databases;
    if (this.directory.isolation === 'row') return { database: home, place: home.places.shared() };
    return this.#find(tenantId);
  }

  async #find(tenantId: string): Promise<Found> {
    return this.#of(await this.directory.look(tenantId));
  }

  #of(record: TenantRecord): Found | Promise<Found> {
    const database = this.databases.named(record.database);
    const place = database.places.of(record);
    return 'then' in place ? place.then((made) => ({ database, place: made })) : { database, place };
  }
}
