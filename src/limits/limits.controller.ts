import { Get } from '@nestjs/common';
import { Ctx, RequestContext } from '../auth/index.js';
import { AdminController } from '../chatkit/admin/admin-controller.decorator.js';
import { Audited } from '../chatkit/audit/audited.decorator.js';
import { storedOf, UnitOfWork } from '../store/index.js';
import { LIMIT_NAMES, type LimitName } from '../common/limits/limits.js';
import { TenantLimits } from './tenant-limits.js';
import { TokenBudget } from './token-budget.js';

interface LimitLine {
  readonly name: LimitName;
  /** 0 is none. */
  readonly limit: number;
  /**
   * Of tokens, threads and bytes what the organisation has used up, or the caller where the limit is each user's; null for
   * requests and streams, and where nothing is counted since there is no limit.
   */
  readonly used: number | null;
}

/** What the organisation that the caller administers may ask for and use up. */
@AdminController('limits')
export class LimitsController {
  constructor(
    private readonly limits: TenantLimits,
    private readonly budget: TokenBudget,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get()
  @Audited('limits.read')
  async list(@Ctx() context: RequestContext): Promise<{ readonly data: readonly LimitLine[] }> {
    const limits = await this.limits.of(context.tenantId);
    const used: Partial<Record<LimitName, number>> = {
      ...(await this.budget.used(context)),
      ...(await storedOf(this.unitOfWork, context, limits)),
    };
    return { data: LIMIT_NAMES.map((name) => ({ name, limit: limits[name], used: used[name] ?? null })) };
  }
}
