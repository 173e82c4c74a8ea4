import type { Observers } from '../common/observer/observers.js';
import { BoundedMap } from '../common/bounded-map.js';
import type { Clock } from '../common/clock.js';
import type { LimitsConfig } from '../config/limits.config.js';
import type { LimitsSource } from '../common/limits/scope-limits.js';
import { limitsOf, setLimitsOf, type LimitName, type Limits } from '../common/limits/limits.js';

/** Looks up what operators have set for a tenant, as the directory of tenants keeps it. */
export interface TenantSettingsSource {
  look(tenantId: string): Promise<{ readonly settings: Readonly<Record<string, unknown>> }>;
}

const REMEMBERED = 10_000;
const REMEMBERED_MS = 30_000;

/** The limits of each tenant. */
export class TenantLimits implements LimitsSource {
  readonly #defaults: Limits;
  readonly #known: BoundedMap<string, Limits>;

  constructor(
    private readonly config: LimitsConfig,
    private readonly directory: TenantSettingsSource,
    private readonly parts: { readonly clock: Pick<Clock, 'now'>; readonly observers: Observers },
    private readonly perTenant = config.perTenant,
  ) {
    this.#defaults = limitsOf(config);
    this.#known = new BoundedMap(REMEMBERED, parts.clock);
  }

  /** @throws UnavailableError when they have to be looked up and the database is not there */
  of(tenantId: string): Limits | Promise<Limits> {
    return this.perTenant ? (this.#known.get(tenantId) ?? this.#look(tenantId)) : this.#defaults;
  }

  reached(limit: LimitName): void {
    this.parts.observers.limitReached(limit);
  }

  async #look(tenantId: string): Promise<Limits> {
    const { settings } = await this.directory.look(tenantId);
    const limits = limitsOf(this.config, setLimitsOf(settings));
    this.#known.set(tenantId, limits, this.parts.clock.now() + REMEMBERED_MS);
    return limits;
  }
}
