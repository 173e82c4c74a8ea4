import { CreateTables1763900000000 } from '../migrations/1763900000000-create-tables.js';
import type { MigrationClass, SchemaExtension, SchemaFeature } from './schema-feature.js';

/** What the store itself needs, and others may refer to. */
const STORE: SchemaFeature = { migrations: [CreateTables1763900000000] };

/** All that makes the tables of a schema. Complete once the database connects. */
export class SchemaFeatures {
  readonly #features = new Set([STORE]);
  #isComplete = false;

  /** @param features besides the store's own tables */
  constructor(features: Iterable<SchemaFeature> = []) {
    for (const feature of features) this.add(feature);
  }

  /** @throws Error when the database connects already: it may have been migrated without the feature */
  add(feature: SchemaFeature): void {
    if (this.#isComplete) {
      throw new Error(
        'A feature cannot add its tables once the store connects: import its module when the application is made',
      );
    }
    this.#features.add(feature);
  }

  /** From now on none can be added. */
  complete(): void {
    this.#isComplete = true;
  }

  /** Every migration once, in no order: TypeORM runs them by the times in their names. */
  get migrations(): MigrationClass[] {
    return [...new Set([...this.#features].flatMap(({ migrations }) => migrations))];
  }

  /** Brings the optional tables of all of them up to date. */
  readonly extend: SchemaExtension = async (run, schema, grantee) => {
    for (const { extend } of this.#features) await extend?.(run, schema, grantee);
  };
}
