import type { TenantScope } from '../chatkit/core/index.js';
import type { AnswerBudget } from '../agents/usage/answer-budget.js';
import type { Clock } from '../common/clock.js';
import type { Observers } from '../common/observer/observers.js';
import type { TokenSums, UsageReader } from '../admin/usage/usage-reader.port.js';
import type { Limits } from '../common/limits/limits.js';
import type { TenantLimits } from './tenant-limits.js';

type TokenLimit = keyof TokenSums;

const TEXTS: Readonly<Record<TokenLimit, string>> = {
  userTokensDay: 'You have used up what you may ask for today. It goes on tomorrow (UTC).',
  userTokensMonth: 'You have used up what you may ask for this month. It goes on next month.',
  tenantTokensDay: 'Your organisation has used up what it may ask for today. It goes on tomorrow (UTC).',
  tenantTokensMonth: 'Your organisation has used up what it may ask for this month. It goes on next month.',
};
const TOKEN_LIMITS = Object.keys(TEXTS) as readonly TokenLimit[];

/** Lets nobody begin an answer who has used up the tokens of the day or month. */
export class TokenBudget implements AnswerBudget {
  constructor(
    private readonly limits: TenantLimits,
    private readonly usage: UsageReader,
    private readonly parts: { readonly clock: Pick<Clock, 'now'>; readonly observers: Observers },
  ) {}

  /** One round trip where a limit is set. */
  async refusal({ tenantId, userId }: TenantScope): Promise<string | undefined> {
    const limits = await this.limits.of(tenantId);
    if (TOKEN_LIMITS.every((name) => limits[name] === 0)) return undefined;
    const used = await this.used({ tenantId, userId });
    const exceeded = TOKEN_LIMITS.find((name) => isUsedUp(limits, used, name));
    if (exceeded === undefined) return undefined;
    this.parts.observers.limitReached(exceeded);
    return TEXTS[exceeded];
  }

  /** Tokens that answers for the user and the tenant have used up; a signal of the scope ends looking for them. */
  used(scope: TenantScope): Promise<TokenSums> {
    return this.usage.tokens(new Date(this.parts.clock.now()), scope);
  }
}

const isUsedUp = (limits: Limits, used: TokenSums, name: TokenLimit): boolean =>
  limits[name] > 0 && used[name] >= limits[name];
