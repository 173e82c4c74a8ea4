import { backoff } from '../../common/backoff.js';
import type { Clock } from '../../common/clock.js';
import type { SchemaFeatures, TenantParts, TenantRecord } from '../../store/index.js';
import type { TenantsService } from '../tenants.service.js';
import { inParallel } from './in-parallel.js';

/** How tenants' schemas are migrated. */
export interface MigrateOptions {
  /** Schemas at once. Default 4. */
  readonly atOnce?: number | undefined;
  /** Times that one is tried. Default 5. */
  readonly attempts?: number | undefined;
  /** Ends the work after those that are under way. */
  readonly signal?: AbortSignal | undefined;
}

/** What became of one tenant. */
export interface MigrateOutcome {
  readonly tenantId: string;
  /** Why it could not be done; undefined when it was. */
  readonly failure?: string;
  /** Whether it will be tried again. */
  readonly isPassing: boolean;
}

/** How many schemas there are, and whose are not up to date. */
export interface MigrateStatus {
  readonly schemas: number;
  readonly outdated: readonly string[];
}

const AT_ONCE = 4;
const ATTEMPTS = 5;
/** Milliseconds that one attempt waits for whoever holds the tenant's tables. */
const LOCK_TIMEOUT = 2000;

/** Brings the schemas of all tenants up to date, which a deployment does before their members come. */
export class TenantMigrations {
  constructor(
    private readonly tenants: Pick<TenantsService, 'all'>,
    private readonly parts: Pick<TenantParts, 'provision'>,
    private readonly features: Pick<SchemaFeatures, 'version'>,
    private readonly clock: Clock,
  ) {}

  /** Changes nothing. */
  async status(): Promise<MigrateStatus> {
    let schemas = 0;
    const outdated: string[] = [];
    for await (const tenant of this.#kept()) {
      schemas += 1;
      if (this.#isOutdated(tenant)) outdated.push(tenant.tenantId);
    }
    return { schemas, outdated };
  }

  /**
   * Migrates what is not up to date, several schemas at a time. One that fails does not stop the others, and is tried
   * again after them; what is done stays done.
   *
   * @param tell told of each tenant when it is done, or has failed
   */
  async run(
    tell: (outcome: MigrateOutcome) => void,
    { atOnce = AT_ONCE, attempts = ATTEMPTS, signal }: MigrateOptions = {},
  ): Promise<void> {
    let left: AsyncIterable<string> | readonly string[] = this.#outdated();
    for (let attempt = 1; ; attempt += 1) {
      const failed: string[] = [];
      const isLast = attempt >= attempts;
      const work = (tenantId: string): Promise<MigrateOutcome> => this.#migrate(tenantId, isLast);
      for await (const outcome of inParallel(left, atOnce, work, signal)) {
        if (outcome.failure !== undefined) failed.push(outcome.tenantId);
        tell(outcome);
      }
      if (failed.length === 0 || isLast || signal?.aborted === true) return;
      await this.clock.sleep(backoff(attempt, this.clock), signal);
      left = failed;
    }
  }

  async #migrate(tenantId: string, isLast: boolean): Promise<MigrateOutcome> {
    try {
      await this.parts.provision(tenantId, LOCK_TIMEOUT);
      return { tenantId, isPassing: false };
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      return { tenantId, failure, isPassing: !isLast };
    }
  }

  async *#outdated(): AsyncGenerator<string, void, undefined> {
    for await (const tenant of this.#kept()) if (this.#isOutdated(tenant)) yield tenant.tenantId;
  }

  /** Tenants with a schema that somebody may still come to. */
  async *#kept(): AsyncGenerator<TenantRecord, void, undefined> {
    for await (const tenant of this.tenants.all({ isolation: 'schema' })) {
      if (tenant.status !== 'erased') yield tenant;
    }
  }

  #isOutdated({ migratedTo }: TenantRecord): boolean {
    return migratedTo !== this.features.version;
  }
}
