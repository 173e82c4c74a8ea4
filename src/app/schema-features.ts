import { adminSchema } from '../admin/admin-schema.js';
import { auditSchema } from '../audit/audit-schema.js';
import { documentsSchema } from '../documents/documents-schema.js';
import type { VectorIndex } from '../documents/index.js';
import { sessionEndsSchema } from '../session-ends/session-ends-schema.js';
import { limitsSchema } from '../limits/limits-schema.js';
import type { SchemaFeature } from '../store/index.js';

/** Every feature of the server that has tables, for what opens its database without its modules. */
export function schemaFeatures(vectors?: VectorIndex): readonly SchemaFeature[] {
  return [documentsSchema(vectors), adminSchema, auditSchema, sessionEndsSchema, limitsSchema];
}
