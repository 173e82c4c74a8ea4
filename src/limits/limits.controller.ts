import { Get } from '@nestjs/common';
import { Ctx, RequestContext } from '../auth/index.js';
import { AdminController } from '../chatkit/admin/admin-controller.decorator.js';
import { Audited } from '../chatkit/audit/audited.decorator.js';
import { LIMIT_NAMES, type LimitName } from './limits.js';
import { TenantLimits } from './tenant-limits.js';
import { TokenBudget } from './token-budget.js';

interface LimitLine {
  readonly name: LimitName;
  /** 0 is none. */
  readonly limit: number;
  /** Tokens the organisation has used up, or the caller where the limit is each user's; null for requests. */
  readonly used: number | null;
}

/** What the organisation that the caller administers may ask for and use up. */
@AdminController('limits')
export class LimitsController {
  constructor(
    private readonly limits: TenantLimits,
    private readonly budget: TokenBudget,
  ) {}

  @Get()
  @Audited('limits.read')
  async list(@Ctx() { tenantId, userId }: RequestContext): Promise<{ readonly data: readonly LimitLine[] }> {
    const limits = await this.limits.of(tenantId);
    const used: Partial<Record<LimitName, number>> = { ...(await this.budget.used({ tenantId, userId })) };
    return { data: LIMIT_NAMES.map((name) => ({ name, limit: limits[name], used: used[name] ?? null })) };
  }
}
