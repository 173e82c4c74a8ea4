import { isRecord } from '../is-record.js';

/**
 * Every limit that may be set; 0 is none. Requests are counted by the minute, tokens by the day and month of UTC, streams by
 * each instance; threads and bytes of files are what is stored.
 */
export const LIMIT_NAMES = [
  'userRequests',
  'tenantRequests',
  'userStreams',
  'tenantStreams',
  'userTokensDay',
  'userTokensMonth',
  'tenantTokensDay',
  'tenantTokensMonth',
  'userThreads',
  'tenantThreads',
  'userFileBytes',
  'tenantFileBytes',
] as const;

/** The name of a limit. */
export type LimitName = (typeof LIMIT_NAMES)[number];

/** What a tenant and each of its users may ask for, use up and store. */
export type Limits = Readonly<Record<LimitName, number>>;

/** What operators have set for one tenant; for the rest the configuration holds. */
export type SetLimits = Readonly<Partial<Limits>>;

/** What of the settings that the directory keeps of a tenant are limits. */
export function setLimitsOf(settings: Readonly<Record<string, unknown>>): SetLimits {
  const { limits } = settings;
  const own = isRecord(limits) ? limits : {};
  const isSet = (name: LimitName): boolean => Number.isSafeInteger(own[name]) && Number(own[name]) >= 0;
  return Object.fromEntries(LIMIT_NAMES.filter(isSet).map((name) => [name, own[name]]));
}

/** Those of the configuration, but for what operators have set for the tenant. */
export function limitsOf(config: Limits, set: SetLimits = {}): Limits {
  return Object.fromEntries(LIMIT_NAMES.map((name) => [name, set[name] ?? config[name]])) as Limits;
}
