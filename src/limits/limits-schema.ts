import type { SchemaFeature } from '../store/index.js';
import { CreateRequestCounts1764200000000 } from './1764200000000-create-request-counts.js';

/** Requests counted for all instances: once for a database, since they say nothing of what tenants have. */
export const limitsSchema: SchemaFeature = {
  migrations: [],
  tables: [],
  sharedTables: ['request_counts'],
  shared: [CreateRequestCounts1764200000000],
};
