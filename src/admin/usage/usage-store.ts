import type { TokenSums, UsageReader, UsageGroup, UsageQuery, UsageSums } from './usage-reader.port.js';
import type { TenantScope } from '../../chatkit/core/store/scope.js';
import { storableText } from '../../chatkit/core/text.js';
import { statement, type UnitOfWork } from '../../store/index.js';

/** What one answer, or one title, has cost. */
export interface UsageRecord extends TenantScope {
  /** A UUID, kept once. */
  readonly id: string;
  readonly threadId: string;
  readonly model: string;
  readonly purpose: string;
  readonly outcome: string;
  readonly requests: number;
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  readonly firstTokenMs?: number | undefined;
  readonly durationMs: number;
}

const insertUsage = statement<
  [
    tenantId: string,
    userId: string,
    threadId: string,
    model: string,
    purpose: string,
    outcome: string,
    requests: number,
    input: number,
    cached: number,
    output: number,
    firstTokenMs: number | null,
    durationMs: number,
    id: string,
  ]
>(
  'usage_save',
  `INSERT INTO usage (tenant_id, user_id, thread_id, model, purpose, outcome, requests, input_tokens,
     cached_input_tokens, output_tokens, first_token_ms, duration_ms, id)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
   ON CONFLICT DO NOTHING`,
);

function sums(group: UsageGroup, key: string, order: string) {
  return statement<[tenantId: string, from: Date, to: Date, limit: number], UsageSums>(
    `usage_by_${group}`,
    `SELECT ${key} AS key,
       count(*) FILTER (WHERE purpose = 'answer')::float8 AS answers,
       count(*) FILTER (WHERE purpose = 'answer' AND outcome = 'stopped')::float8 AS stopped,
       count(*) FILTER (WHERE purpose = 'answer' AND outcome = 'failed')::float8 AS failed,
       sum(requests)::float8 AS requests,
       sum(input_tokens)::float8 AS input_tokens,
       sum(cached_input_tokens)::float8 AS cached_input_tokens,
       sum(output_tokens)::float8 AS output_tokens,
       round(avg(first_token_ms) FILTER (WHERE purpose = 'answer'))::float8 AS first_token_ms,
       round(avg(duration_ms) FILTER (WHERE purpose = 'answer'))::float8 AS duration_ms
     FROM usage WHERE tenant_id = $1 AND created_at >= $2 AND created_at < $3
     GROUP BY 1 ORDER BY ${order} LIMIT $4`,
  );
}

const MOST_TOKENS_FIRST = 'sum(input_tokens + output_tokens) DESC, 1';
const reports = {
  day: sums('day', `to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')`, '1'),
  user: sums('user', 'user_id', MOST_TOKENS_FIRST),
  model: sums('model', 'model', MOST_TOKENS_FIRST),
};

const usedTokens = statement<[tenantId: string, userId: string, day: Date, month: Date], TokenSums>(
  'usage_tokens',
  `SELECT coalesce(sum(tokens) FILTER (WHERE is_own AND is_today), 0)::float8 AS "userTokensDay",
     coalesce(sum(tokens) FILTER (WHERE is_own), 0)::float8 AS "userTokensMonth",
     coalesce(sum(tokens) FILTER (WHERE is_today), 0)::float8 AS "tenantTokensDay",
     coalesce(sum(tokens), 0)::float8 AS "tenantTokensMonth"
   FROM (
     SELECT input_tokens + output_tokens AS tokens, user_id = $2 AS is_own, created_at >= $3 AS is_today
     FROM usage WHERE tenant_id = $1 AND created_at >= $4
   ) AS used`,
);

/** What answers cost, in PostgreSQL. */
export class TypeOrmUsageStore implements UsageReader {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async record(usage: UsageRecord): Promise<void> {
    const { tenantId, userId, threadId, model, purpose, outcome, requests, durationMs } = usage;
    const tokens = [usage.inputTokens, usage.cachedInputTokens, usage.outputTokens] as const;
    const times = [usage.firstTokenMs ?? null, durationMs] as const;
    const what = [storableText(threadId), storableText(model), purpose, outcome] as const;
    await this.unitOfWork.pipeline(
      { tenantId, userId },
      insertUsage(tenantId, userId, ...what, requests, ...tokens, ...times, usage.id),
    );
  }

  /** Sums over all users of the caller's tenant; whether the caller may see them is for others to check. */
  async report({ from, to, groupBy, limit }: UsageQuery, scope: TenantScope): Promise<UsageSums[]> {
    const [{ rows }] = await this.unitOfWork.readTenant(
      scope,
      reports[groupBy](scope.tenantId, from, to, limit),
    );
    return rows;
  }

  async tokens(now: Date, scope: TenantScope): Promise<TokenSums> {
    const { tenantId, userId } = scope;
    const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
    const day = new Date(Date.UTC(year, month, now.getUTCDate()));
    const begin = new Date(Date.UTC(year, month));
    const [{ rows }] = await this.unitOfWork.readTenant(scope, usedTokens(tenantId, userId, day, begin));
    return rows[0] ?? { userTokensDay: 0, userTokensMonth: 0, tenantTokensDay: 0, tenantTokensMonth: 0 };
  }
}
