import { Get, Req } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { Ctx, RequestContext } from '../auth/index.js';
import { AdminController } from '../chatkit/admin/admin-controller.decorator.js';
import { Audited } from '../chatkit/audit/audited.decorator.js';
import { storedOf, UnitOfWork } from '../store/index.js';
import { whileConnected } from '../chatkit/http/while-connected.js';
import { LIMIT_NAMES, type LimitName, type Limits } from '../common/limits/limits.js';
import { ScopeLimits } from '../common/limits/scope-limits.js';
import { rateStatesOf } from './rate-limit.gate.js';
import { TenantLimits } from './tenant-limits.js';
import { TokenBudget } from './token-budget.js';

interface LimitLine {
  readonly name: LimitName;
  /** 0 is none. */
  readonly limit: number;
  /**
   * What the organisation has used up, or the caller where the limit is each user's: of requests in this minute, this one
   * included, and of streams those that the instance which answers has open. Null where nothing is counted since there is no
   * limit.
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
    private readonly scopes: ScopeLimits,
  ) {}

  @Get()
  @Audited('limits.read')
  async list(
    @Req() request: IncomingMessage,
    @Ctx() context: RequestContext,
  ): Promise<{ readonly data: readonly LimitLine[] }> {
    const limits = await this.limits.of(context.tenantId);
    const { streams } = this.scopes;
    const requests = rateStatesOf(request).map(({ policy, limit, remaining }) => [
      `${policy}Requests`,
      limit - remaining,
    ]);
    const used: Partial<Record<LimitName, number>> = {
      ...Object.fromEntries(requests),
      userStreams: streams.ofUser(context),
      tenantStreams: streams.ofTenant(context),
      ...(await whileConnected(request, (signal) => this.#kept(context.with({ signal }), limits))),
    };
    return { data: LIMIT_NAMES.map((name) => ({ name, limit: limits[name], used: used[name] ?? null })) };
  }

  async #kept(context: RequestContext, limits: Limits): Promise<Partial<Record<LimitName, number>>> {
    return {
      ...(await this.budget.used(context)),
      ...(await storedOf(this.unitOfWork, context, limits)),
    };
  }
}
