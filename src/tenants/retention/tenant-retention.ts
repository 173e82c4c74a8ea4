import type { Clock } from '../../common/clock.js';
import { ChatKitLogger } from '../../common/logging/chatkit-logger.js';
import { observed } from '../../common/observer/observed.js';
import type { ChatKitObserver, ObservedRemoval } from '../../common/observer/observer.port.js';
import type { TenantFiles } from '../../common/tenant-files.port.js';
import type { TenantDatabase, TenantParts } from '../../store/index.js';
import { heldUsers } from '../hold/hold-statements.js';
import { inDirectoryOf } from '../in-directory.js';
import { lockTenant } from '../tenant-statements.js';
import { tenantsIn } from '../tenant-list.js';
import { retentionOf, THREAD_STATUSES, type RetentionDays, type RetainedStatus } from './retention-days.js';
import {
  claimTenant,
  forgetDeleted,
  removeExpired,
  THREADS_AT_ONCE,
  type Removed,
} from './retention-statements.js';

/** What retention needs. */
export interface RetentionParts extends Pick<TenantParts, 'databases'> {
  readonly clock: Pick<Clock, 'now'>;
  /** Undefined where there are no files, or somebody else removes what no record tells of. */
  readonly files: TenantFiles | undefined;
  readonly observer?: Required<Pick<ChatKitObserver, 'maintained' | 'retained'>> | undefined;
}

/** How threads are kept. */
export interface RetentionOptions {
  /** Where operators have set nothing. */
  readonly defaults: RetentionDays;
  /** Milliseconds after which a tenant is due again. */
  readonly everyMs: number;
}

interface Sum {
  threads: number;
  items: number;
  files: number;
}

/** Threads of a tenant that may be too old. */
interface Due {
  readonly database: TenantDatabase;
  readonly tenantId: string;
  readonly status: RetainedStatus;
  readonly days: number;
}

const DAY_MS = 86_400_000;

/**
 * Removes threads of every tenant, in whichever database it is, that nothing was added to for as many days as are kept, in batches. Of several instances one takes a
 * tenant, by its row of the directory, and none takes it again until it is due.
 */
export class TenantRetention {
  readonly #logger = new ChatKitLogger(TenantRetention.name);

  constructor(
    private readonly parts: RetentionParts,
    private readonly options: RetentionOptions,
  ) {}

  /**
   * Looks at every tenant that is due. One that fails does not keep the others from it, and is looked at when it is due again;
   * nor does a database that is not there.
   */
  async run(signal?: AbortSignal): Promise<ObservedRemoval> {
    const sum = { threads: 0, items: 0, files: 0 };
    const { observer } = this.parts;
    const work = async (): Promise<void> => {
      for (const database of this.parts.databases.further) {
        await this.#lookIn(database, sum, signal).catch((error: unknown) =>
          this.#logger.warn('old threads could not be looked for', { database: database.name, error }),
        );
      }
      await this.#lookIn(this.parts.databases.home, sum, signal);
    };
    await observed(work, (end) => observer?.maintained({ task: 'retention', ...end }), signal);
    if (sum.threads > 0) observer?.retained(sum);
    return sum;
  }

  async #lookIn(database: TenantDatabase, sum: Sum, signal: AbortSignal | undefined): Promise<void> {
    for await (const { tenantId, settings } of tenantsIn(database)) {
      if (signal?.aborted === true) return;
      const days = { ...this.options.defaults, ...retentionOf(settings) };
      const due = THREAD_STATUSES.filter((status) => days[status] > 0);
      if (due.length === 0 || !(await this.#claim(database, tenantId))) continue;
      for (const status of due)
        await this.#try({ database, tenantId, status, days: days[status] }, sum, signal);
    }
  }

  async #claim({ directoryUnit }: TenantDatabase, tenantId: string): Promise<boolean> {
    const now = this.parts.clock.now();
    const [{ rows }] = await directoryUnit.pipeline(
      claimTenant(tenantId, new Date(now), new Date(now - this.options.everyMs)),
    );
    return rows.length > 0;
  }

  async #try({ days, ...due }: Due, sum: Sum, signal: AbortSignal | undefined): Promise<void> {
    const { tenantId } = due;
    const before = new Date(this.parts.clock.now() - days * DAY_MS);
    try {
      for (let threads = THREADS_AT_ONCE; threads >= THREADS_AT_ONCE;) {
        if (signal?.aborted === true) return;
        const removed = await this.#remove(due, before);
        const files = removed.filter(({ kind }) => kind === 'file');
        threads = removed.length - files.length;
        sum.threads += threads;
        sum.items += removed.reduce((items, row) => items + row.items, 0);
        sum.files += files.length;
        await this.#removeFiles(tenantId, files);
      }
    } catch (error) {
      this.#logger.warn('old threads could not be removed', { tenantId, error });
    }
  }

  async #remove(
    { database: { maintenance, places }, tenantId, status }: Omit<Due, 'days'>,
    before: Date,
  ): Promise<readonly Removed[]> {
    return maintenance.run(tenantId, async (transaction) => {
      const [, , locked, held] = await transaction.query(
        ...inDirectoryOf(places),
        lockTenant(tenantId),
        heldUsers(tenantId),
      );
      const users = held.rows.map(({ user_id: userId }) => userId);
      const except = users.filter((userId) => userId !== null);
      const [tenant] = locked.rows;
      if (tenant === undefined || tenant.database !== null || tenant.status === 'erased') return [];
      if (except.length < users.length) return [];
      const place = places.at(tenantId, tenant.isolation);
      const [, { rows }] = await transaction.query(
        forgetDeleted(place, tenantId),
        removeExpired(place, { tenantId, status, before, except }),
      );
      return rows;
    });
  }

  /** What cannot be removed now is found as a file that belongs to nothing. */
  async #removeFiles(tenantId: string, removed: readonly Removed[]): Promise<void> {
    const byUser = Map.groupBy(removed, ({ owner_id: userId }) => userId);
    for (const [userId, files] of byUser) {
      try {
        await this.parts.files?.remove(
          { tenantId, userId },
          files.map(({ id }) => id),
        );
      } catch (error) {
        this.#logger.warn('files of old threads could not be removed', { tenantId, error });
      }
    }
  }
}
