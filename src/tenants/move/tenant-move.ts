import { selectTenant, type TenantDatabase, type TenantIsolation } from '../../store/index.js';
import { databaseNamed, located } from '../located.js';
import { TenantStateError, UnknownTenantError } from '../tenant-errors.js';
import type { TenantsService } from '../tenants.service.js';
import { clearDatabase, clearWithin } from './clearing.js';
import { arrive, tellHome } from './directory-rows.js';
import { MoveBetween } from './move-between.js';
import { MoveWithin } from './move-within.js';
import type { MoveParts, MoveProgress } from './moving.js';

/** Where a tenant is to be; what is left out stays as it is. */
export interface MoveTarget {
  readonly isolation?: TenantIsolation | undefined;
  /** Name of the database. */
  readonly database?: string | undefined;
}

/**
 * Moves a tenant to another isolation or another database, while it is used. Its rows are copied first; then, while writers
 * wait, what has changed meanwhile, and both are compared before the directory is changed. What is left in the old place is
 * removed when nobody reads there any more.
 */
export class TenantMove {
  constructor(
    private readonly tenants: TenantsService,
    private readonly parts: MoveParts,
  ) {}

  /**
   * Goes on with a move that was cut off. A tenant that is there already is left as it is.
   *
   * @param signal stops the move between two tables; the tenant stays where it was, or has been moved by then
   * @throws UnknownTenantError
   * @throws TenantStateError when there is no such database, the tenant is erased or was changed meanwhile, or the copy differs
   * @throws UnavailableError when a database that it takes is not there
   */
  async move(
    tenantId: string,
    target: MoveTarget,
    tell: (progress: MoveProgress) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    const { databases } = this.parts;
    const wanted = target.database === undefined ? undefined : databaseNamed(databases, target.database);
    const moving = { tell, signal };
    await this.#arrive(tenantId);
    const { database: from, record } = await located(this.parts, tenantId);
    if (record.status === 'erased') throw new TenantStateError('The tenant is erased');
    const to = wanted ?? from;
    const isolation = target.isolation ?? record.isolation;
    const isBetween = to !== from;
    if (isBetween) {
      await new MoveBetween(this.tenants, this.parts, { from, to, isolation }).move(record, moving);
      await tellHome(databases.home, tenantId, to.name);
      tell({ step: 'moved' });
    } else if (isolation !== record.isolation) {
      await new MoveWithin(this.tenants, this.parts, from).move(record, moving);
      tell({ step: 'moved' });
    }
    const hasMoved = isBetween || isolation !== record.isolation;
    if (!hasMoved && !record.leftovers) return;
    if (isBetween || record.leftovers) await this.#clearOthers(to, tenantId);
    await clearWithin(this.parts, to, { tenantId, isolation });
    tell({ step: 'removed' });
  }

  /** Has the database opened that a tenant was sent on to, when the move was cut off before that, and tells the home. */
  async #arrive(tenantId: string): Promise<void> {
    const { directory, databases } = this.parts;
    const found = await directory.find(tenantId);
    if (found === undefined) throw new UnknownTenantError();
    const { database: from } = found.row;
    if (found.state === 'between' && from !== null) await arrive(found.database, tenantId, from);
    if (found.state !== 'missing') await tellHome(databases.home, tenantId, found.database.name);
  }

  async #clearOthers(place: TenantDatabase, tenantId: string): Promise<void> {
    for (const database of this.parts.databases.all) {
      if (database === place) continue;
      const [{ rows }] = await database.directoryUnit.pipeline(selectTenant(tenantId));
      if (rows[0]?.leftovers === true) await clearDatabase(this.parts, database, tenantId);
    }
  }
}
