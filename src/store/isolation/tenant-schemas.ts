import { BoundedMap } from '../../common/bounded-map.js';
import type { Clock } from '../../common/clock.js';
import { asUnavailable, unavailable } from '../connection/connection-errors.js';
import { OutdatedSchemaError } from '../connection/migrator.js';
import type { TenantRecord } from '../directory/tenant-record.js';
import { boundRoleOf } from '../schema/names.js';
import type { TenantPlace } from './tenant-place.js';
import { tenantSchema } from './tenant-schema.js';

/** What schemas of tenants are to be. */
export interface TenantSchemaOptions {
  readonly base: string;
  /** The version that a schema has which is up to date. */
  readonly version: () => string;
  /** Tenants that may wait for their turn. */
  readonly queueMax: number;
  readonly clock: Pick<Clock, 'now'>;
}

/** Places remembered at most; the one unused for longest is forgotten. */
const REMEMBERED = 10_000;
/** Schemas made at once; each takes connections beyond the pool's. */
const AT_ONCE = 4;
/** Milliseconds for which a tenant whose schema could not be made is refused, so that it takes no turn from others. */
const COOL_DOWN_MS = 2000;

/** Schemas of tenants that have one of their own, made or migrated when the tenant comes unless that is done. */
export class TenantSchemas {
  readonly #ready: BoundedMap<string, TenantPlace>;
  readonly #failed: BoundedMap<string, unknown>;
  readonly #underWay = new Map<string, Promise<TenantPlace>>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** @param provision makes and migrates the schema of a tenant; resolves when it is up to date */
  constructor(
    private readonly provision: (tenantId: string) => Promise<void>,
    private readonly options: TenantSchemaOptions,
  ) {
    this.#ready = new BoundedMap(REMEMBERED, options.clock);
    this.#failed = new BoundedMap(REMEMBERED, options.clock);
  }

  /** @throws UnavailableError when it cannot be made now */
  placeOf({ tenantId, migratedTo }: TenantRecord): TenantPlace | Promise<TenantPlace> {
    const known = this.#ready.get(tenantId) ?? this.#underWay.get(tenantId);
    if (known !== undefined) return known;
    return migratedTo === this.options.version() ? this.#remember(tenantId) : this.#begin(tenantId);
  }

  /** The place that the tenant's own schema is, or would be. */
  own(tenantId: string): TenantPlace {
    const schema = tenantSchema(this.options.base, tenantId);
    return { isolation: 'schema', schema, role: boundRoleOf(schema) };
  }

  /** Forgets all places, because the database may be another one than before. */
  forget(): void {
    this.#ready.clear();
    this.#failed.clear();
  }

  #remember(tenantId: string): TenantPlace {
    const place = this.own(tenantId);
    this.#ready.set(tenantId, place);
    return place;
  }

  #begin(tenantId: string): Promise<TenantPlace> {
    const failure = this.#failed.get(tenantId);
    if (failure !== undefined) return Promise.reject(unavailable(failure));
    const place = this.#make(tenantId).finally(() => this.#underWay.delete(tenantId));
    this.#underWay.set(tenantId, place);
    return place;
  }

  async #make(tenantId: string): Promise<TenantPlace> {
    await this.#turn();
    try {
      await this.provision(tenantId);
      return this.#remember(tenantId);
    } catch (error) {
      this.#failed.set(tenantId, error, this.options.clock.now() + COOL_DOWN_MS);
      throw error instanceof OutdatedSchemaError ? unavailable(error) : asUnavailable(error);
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    if (this.#running >= AT_ONCE) {
      if (this.#waiting.length >= this.options.queueMax) throw unavailable();
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#running += 1;
  }
}
