import { backoff } from '../../common/backoff.js';
import type { Clock } from '../../common/clock.js';
import type { SchemaFeatures, TenantDatabase, TenantParts, TenantRecord } from '../../store/index.js';
import { UnavailableError } from '../../chatkit/core/index.js';
import { tenantsIn } from '../tenant-list.js';
import { inParallel } from './in-parallel.js';

/** How tenants' schemas are migrated. */
export interface MigrateOptions {
  /** Schemas at once. Default 4. */
  readonly atOnce?: number | undefined;
  /** Times that one is tried. Default 5. */
  readonly attempts?: number | undefined;
  /** Milliseconds that one attempt waits for whoever holds the tenant's tables. Default 2000. */
  readonly lockTimeout?: number | undefined;
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
const LOCK_TIMEOUT = 2000;

/** Brings the schemas of all tenants up to date, which a deployment does before their members come. */
export class TenantMigrations {
  constructor(
    private readonly databases: TenantParts['databases'],
    private readonly features: Pick<SchemaFeatures, 'version'>,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes nothing.
   *
   * @throws UnavailableError when one of the databases is not there
   */
  async status(): Promise<MigrateStatus> {
    let schemas = 0;
    const outdated: string[] = [];
    for (const database of this.databases.all) {
      for await (const tenant of kept(database)) {
        schemas += 1;
        if (this.#isOutdated(tenant)) outdated.push(tenant.tenantId);
      }
    }
    return { schemas, outdated };
  }

  /**
   * Migrates what is not up to date, database by database, several schemas at a time. One that fails does not stop the others,
   * and is tried again after them; what is done stays done.
   *
   * @param tell told of each tenant when it is done, or has failed
   * @throws UnavailableError naming the databases that are not there, once the others are done
   */
  async run(tell: (outcome: MigrateOutcome) => void, options: MigrateOptions = {}): Promise<void> {
    const away: string[] = [];
    for (const database of this.databases.all) {
      try {
        await this.#runIn(database, tell, options);
      } catch (error) {
        if (!(error instanceof UnavailableError)) throw error;
        away.push(database.name);
      }
    }
    if (away.length > 0) throw new UnavailableError(`Not there, and not migrated: ${away.join(', ')}`);
  }

  async #runIn(
    database: TenantDatabase,
    tell: (outcome: MigrateOutcome) => void,
    { atOnce = AT_ONCE, attempts = ATTEMPTS, lockTimeout = LOCK_TIMEOUT, signal }: MigrateOptions,
  ): Promise<void> {
    let left: AsyncIterable<string> | readonly string[] = this.#outdated(database);
    for (let attempt = 1; ; attempt += 1) {
      const failed: string[] = [];
      const isLast = attempt >= attempts;
      const work = (tenantId: string): Promise<MigrateOutcome> =>
        migrate(tenantId, isLast, () => database.provision(tenantId, lockTimeout));
      for await (const outcome of inParallel(left, atOnce, work, signal)) {
        if (outcome.failure !== undefined) failed.push(outcome.tenantId);
        tell(outcome);
      }
      if (failed.length === 0 || isLast || signal?.aborted === true) return;
      await this.clock.sleep(backoff(attempt, this.clock), signal);
      left = failed;
    }
  }

  async *#outdated(database: TenantDatabase): AsyncGenerator<string, void, undefined> {
    for await (const tenant of kept(database)) if (this.#isOutdated(tenant)) yield tenant.tenantId;
  }

  #isOutdated({ migratedTo }: TenantRecord): boolean {
    return migratedTo !== this.features.version;
  }
}

/** Tenants with a schema that somebody may still come to. */
async function* kept(database: TenantDatabase): AsyncGenerator<TenantRecord, void, undefined> {
  for await (const tenant of tenantsIn(database, 'schema')) if (tenant.status !== 'erased') yield tenant;
}

async function migrate(
  tenantId: string,
  isLast: boolean,
  provision: () => Promise<void>,
): Promise<MigrateOutcome> {
  try {
    await provision();
    return { tenantId, isPassing: false };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { tenantId, failure, isPassing: !isLast };
  }
}
