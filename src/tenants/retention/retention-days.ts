import { isRecord } from '../../common/is-record.js';

/** What threads may be, as the protocol has it. */
export const THREAD_STATUSES = ['active', 'locked', 'closed'] as const;

/** What a thread is. */
export type RetainedStatus = (typeof THREAD_STATUSES)[number];

/** Days after which threads that nothing was added to are removed, by their status; 0 is never. */
export type RetentionDays = Readonly<Record<RetainedStatus, number>>;

/** What operators have set for a tenant; what is not there is as the configuration says. */
export type RetentionSettings = Partial<RetentionDays>;

/** Days that can be set at most. */
export const MOST_DAYS = 36_500;

/** What the directory has of it among the settings of a tenant. */
export function retentionOf(settings: Readonly<Record<string, unknown>>): RetentionSettings {
  const set = settings['retention'];
  if (!isRecord(set)) return {};
  const found = THREAD_STATUSES.flatMap((status) => {
    const days = set[status];
    return typeof days === 'number' && Number.isInteger(days) && days >= 0 ? [[status, days] as const] : [];
  });
  return Object.fromEntries(found);
}
