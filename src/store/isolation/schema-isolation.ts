import { BoundedMap } from '../../common/bounded-map.js';
import type { TenantScope } from '../../chatkit/core/store/scope.js';
import { asUnavailable, unavailable } from '../connection/connection-errors.js';
import { boundRoleOf } from '../schema/names.js';
import type { Isolation, TenantPlace } from './isolation.js';
import { tenantSchema } from './tenant-schema.js';

/** Makes and migrates a schema and its role; returns when they are up to date. */
export type Provision = (schema: string) => Promise<void>;

/** Places remembered at most; the one unused for longest is forgotten, and looked up when needed again. */
const REMEMBERED = 10_000;
/** Schemas made at once; each takes connections beyond the pool's. */
const AT_ONCE = 2;

/** Every tenant has a schema and a role of its own, made when the tenant comes for the first time. */
export class SchemaIsolation implements Isolation {
  readonly #known = new BoundedMap<string, TenantPlace>(REMEMBERED);
  readonly #underWay = new Map<string, Promise<TenantPlace>>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(
    private readonly base: string,
    private readonly provision: Provision,
    private readonly queueMax: number,
  ) {}

  placeOf({ tenantId }: TenantScope): TenantPlace | Promise<TenantPlace> {
    return this.#known.get(tenantId) ?? this.#underWay.get(tenantId) ?? this.#begin(tenantId);
  }

  /** Forgets all places, because the database may be another one than before. */
  forget(): void {
    this.#known.clear();
  }

  async #begin(tenantId: string): Promise<TenantPlace> {
    const place = this.#make(tenantId).finally(() => this.#underWay.delete(tenantId));
    this.#underWay.set(tenantId, place);
    return place;
  }

  async #make(tenantId: string): Promise<TenantPlace> {
    const schema = tenantSchema(this.base, tenantId);
    const place = { schema, role: boundRoleOf(schema) };
    await this.#turn();
    try {
      await this.provision(schema);
      this.#known.set(tenantId, place);
      return place;
    } catch (error) {
      throw asUnavailable(error);
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    if (this.#running >= AT_ONCE) {
      if (this.#waiting.length >= this.queueMax) throw unavailable();
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#running += 1;
  }
}
