import { isRecord } from '../common/is-record.js';
import type { LimitsConfig } from '../config/limits.config.js';

/** Every limit that may be set; 0 is none. Requests are counted by the minute, tokens by the day and month of UTC. */
export const LIMIT_NAMES = [
  'userRequests',
  'tenantRequests',
  'userTokensDay',
  'userTokensMonth',
  'tenantTokensDay',
  'tenantTokensMonth',
] as const;

/** The name of a limit. */
export type LimitName = (typeof LIMIT_NAMES)[number];

/** What a tenant and each of its users may ask for and use up. */
export type Limits = Readonly<Record<LimitName, number>>;

/** Those of the configuration, but for what operators have set for the tenant. */
export function limitsOf(config: LimitsConfig, set: unknown): Limits {
  const own = isRecord(set) ? set : {};
  const limit = (name: LimitName): [LimitName, number] => {
    const value = own[name];
    return [
      name,
      typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : config[name],
    ];
  };
  return Object.fromEntries(LIMIT_NAMES.map(limit)) as Limits;
}
