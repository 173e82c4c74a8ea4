import { storedOf, type ReadingScope, type UnitOfWork } from '../store/index.js';
import { LIMIT_NAMES, type LimitName } from '../common/limits/limits.js';
import type { LimitLine, ScopeLimits } from '../common/limits/scope-limits.js';
import type { TenantLimits } from './tenant-limits.js';
import type { TokenBudget } from './token-budget.js';

/** Tells what limits hold for a user and the organisation, and what is used of each. */
export class LimitsInUse {
  constructor(
    private readonly limits: TenantLimits,
    private readonly budget: TokenBudget,
    private readonly unitOfWork: UnitOfWork,
    private readonly scopes: Pick<ScopeLimits, 'streams'>,
  ) {}

  /**
   * @param requests what is known of the requests of this minute
   * @throws UnavailableError when the database is not there, and the reason of the scope's signal
   */
  async of(scope: ReadingScope, requests: Partial<Record<LimitName, number>> = {}): Promise<LimitLine[]> {
    const limits = await this.limits.of(scope.tenantId);
    const { streams } = this.scopes;
    const used: Partial<Record<LimitName, number>> = {
      ...requests,
      userStreams: streams.ofUser(scope),
      tenantStreams: streams.ofTenant(scope),
      ...(await this.budget.used(scope)),
      ...(await storedOf(this.unitOfWork, scope, limits)),
    };
    return LIMIT_NAMES.map((name) => ({ name, limit: limits[name], used: used[name] ?? null }));
  }
}
