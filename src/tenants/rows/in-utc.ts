import { statement } from '../../store/index.js';

/** Has times told in UTC, whatever the standard of the database is. */
export const inUtc = statement<[]>('tenants_in_utc', `SELECT set_config('TimeZone', 'UTC', true)`);
