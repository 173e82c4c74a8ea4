import { failureOf } from '../../chatkit/http/failure.js';
import { HOME, type TenantRecord } from '../../store/index.js';
import type { FetchProgress } from '../fetch/tenant-fetch.js';
import type { MoveProgress } from '../move/moving.js';
import { THREAD_STATUSES, type RetentionSettings } from '../retention/retention-days.js';
import type { ListedTenant } from '../tenant-list.js';
import type { TenantTools } from '../tenant-tools.js';
import { exportToFolder } from './export.js';
import { actionOf, type AboutTenant } from './recorded-action.js';
import type { TenantsCommandOptions } from './options.js';
import { eraseAndReport } from './erase.js';
import { toldHolds } from './hold.js';
import { migrateAll, tellOutdated } from './migrate.js';
import { linesOfLimits } from './limits.js';
import type { LimitsOrder, TenantOrder, TenantsOrder } from './order.js';

/** Does to tenants what an operator asks for, and tells of it. */
export class TenantsCommand {
  constructor(
    private readonly tools: TenantTools,
    private readonly options: TenantsCommandOptions,
  ) {}

  /**
   * @returns whether all of it was done; what was not is told
   * @throws ChatKitError when it cannot be done, or the database is not there
   */
  async run(order: TenantsOrder): Promise<boolean> {
    const done = this.#carryOut(order);
    return 'tenantId' in order ? this.#recorded(order, done) : done;
  }

  async #recorded(order: AboutTenant, work: Promise<boolean>): Promise<boolean> {
    const { tenantId } = order;
    const action = { ...actionOf(order), actor: 'command' } as const;
    const scope = { tenantId, userId: 'tenants-command' };
    try {
      const all = await work;
      const end = all ? ({ outcome: 'done' } as const) : ({ outcome: 'failed', code: 'stopped' } as const);
      await this.options.trail.record({ ...action, ...end }, scope);
      return all;
    } catch (error) {
      const code = this.options.signal.aborted ? 'stopped' : failureOf(error).code;
      await this.options.trail.record({ ...action, outcome: 'failed', code }, scope);
      throw error;
    }
  }

  async #carryOut(order: TenantsOrder): Promise<boolean> {
    const { tenants } = this.tools;
    switch (order.command) {
      case 'list':
        for await (const tenant of tenants.all()) this.options.say(lineOfListed(tenant));
        return true;
      case 'migrate':
        return order.dryRun
          ? tellOutdated(this.tools.migrations, this.options.say)
          : migrateAll(this.tools.migrations, this.options.say, { ...order, signal: this.options.signal });
      case 'add':
        return this.#show(tenants.add(order.tenantId, order));
      case 'show':
        return this.#show(tenants.show(order.tenantId));
      case 'suspend':
        return this.#show(tenants.suspend(order.tenantId));
      case 'resume':
        return this.#show(tenants.resume(order.tenantId));
      case 'move':
        return this.#move(order);
      case 'fetch':
        return this.#fetch(order);
      case 'export':
        return exportToFolder(this.tools.exports, order, this.options);
      case 'limits':
        return this.#limits(order);
      case 'hold':
      case 'holds':
      case 'release':
        await toldHolds(this.tools.holds, order, this.options);
        return true;
      case 'retain': {
        const days = await this.tools.retention.change(order.tenantId, order.change);
        this.options.say(lineOfRetention(days));
        return true;
      }
      case 'erase':
        await eraseAndReport(this.tools.erasures, order, this.options);
        return true;
      default:
        return order satisfies never;
    }
  }

  async #show(tenant: Promise<TenantRecord>): Promise<boolean> {
    this.options.say(lineOf(await tenant));
    return true;
  }

  async #limits({ tenantId, change }: LimitsOrder): Promise<boolean> {
    const { tenants } = this.tools;
    const set =
      Object.keys(change).length === 0
        ? await tenants.limits(tenantId)
        : await tenants.changeLimits(tenantId, change);
    for (const line of linesOfLimits(tenantId, set)) this.options.say(line);
    return true;
  }

  async #move({ tenantId, ...target }: TenantOrder): Promise<boolean> {
    const { signal } = this.options;
    await this.tools.moves.move(tenantId, target, (line) => this.options.say(lineOfMove(line)), signal);
    return this.#show(this.tools.tenants.show(tenantId));
  }

  async #fetch({ from, ...order }: TenantOrder): Promise<boolean> {
    if (from === undefined) return false;
    const tell = ({ table, rows }: FetchProgress): void => this.options.say(`fetched ${table}: ${rows} rows`);
    return this.#show(this.tools.fetches.fetch({ ...order, from }, tell, this.options.signal));
  }
}

function lineOfRetention(days: RetentionSettings): string {
  return THREAD_STATUSES.map((status) => `${status} ${days[status] ?? 'default'}`).join('  ');
}

function lineOfMove({ step, table, rows }: MoveProgress): string {
  return table === undefined ? step : `${step} ${table}: ${rows ?? 0} rows`;
}

function lineOfListed(tenant: ListedTenant): string {
  return tenant.isReachable
    ? lineOf(tenant)
    : `${tenant.tenantId}  in ${tenant.database}, which is not there`;
}

function lineOf(tenant: TenantRecord): string {
  const { tenantId, database, isolation, status, migratedTo, leftovers, held } = tenant;
  const version = migratedTo === undefined ? '' : `  version ${migratedTo}`;
  const place = database === HOME ? isolation : `${isolation} in ${database}`;
  return `${tenantId}  ${place}  ${status}${version}${leftovers ? '  move not ended' : ''}${held ? '  on hold' : ''}`;
}
