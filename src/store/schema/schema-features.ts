import { createHash } from 'node:crypto';
import { CreateTenants1763899900000 } from '../directory/1763899900000-create-tenants.js';
import { CreateErasures1764300000000 } from '../directory/1764300000000-create-erasures.js';
import { PlaceTenants1764600000000 } from '../directory/1764600000000-place-tenants.js';
import { CreateTables1763900000000 } from '../migrations/1763900000000-create-tables.js';
import { CarryOwners1764100100000 } from '../migrations/1764100100000-carry-owners.js';
import { CountStored1764330000000 } from '../migrations/1764330000000-count-stored.js';
import { OwnItems1764100110000 } from '../migrations/1764100110000-own-items.js';
import { CheckOwnItems1764100120000 } from '../migrations/1764100120000-check-own-items.js';
import { HideItems1764100130000 } from '../migrations/1764100130000-hide-items.js';
import { CreateHeldRows1764300100000 } from '../migrations/1764300100000-create-held-rows.js';
import { CreateSignalKeys1765000000000 } from '../signals/1765000000000-create-signal-keys.js';
import { HELD_ROWS } from './held-rows.js';
import type {
  ExportedTable,
  MigrationClass,
  OfUser,
  SchemaExtension,
  SchemaFeature,
} from './schema-feature.js';

/** What belongs to its owner alone. */
const OWNED = { column: 'owner_id', erased: 'removed' } as const;

/** What the store itself needs, and others may refer to. */
const STORE: SchemaFeature = {
  migrations: [
    CreateTables1763900000000,
    CarryOwners1764100100000,
    OwnItems1764100110000,
    CheckOwnItems1764100120000,
    HideItems1764100130000,
    CreateHeldRows1764300100000,
    CountStored1764330000000,
  ],
  tables: ['threads', 'items', 'attachments', 'deleted_threads', HELD_ROWS],
  users: { threads: OWNED, items: OWNED, attachments: OWNED, deleted_threads: OWNED, [HELD_ROWS]: OWNED },
  exported: [
    {
      table: 'threads',
      kind: 'thread',
      columns: ['id', 'owner_id', 'title', 'status', 'data', 'created_at', 'updated_at'],
      key: ['id'],
      owner: 'owner_id',
    },
    {
      table: 'items',
      kind: 'item',
      columns: ['thread_id', 'id', 'owner_id', 'seq', 'type', 'data', 'created_at'],
      key: ['thread_id', 'seq'],
      owner: 'owner_id',
      isOfThread: true,
    },
    {
      table: 'attachments',
      kind: 'attachment',
      columns: ['id', 'owner_id', 'thread_id', 'data', 'bytes', 'created_at'],
      key: ['id'],
      owner: 'owner_id',
    },
  ],
  shared: [
    CreateTenants1763899900000,
    CreateErasures1764300000000,
    PlaceTenants1764600000000,
    CreateSignalKeys1765000000000,
  ],
};

/** The schema with the directory, where tenants are that share one, or that of one tenant. */
export type SchemaKind = 'base' | 'tenant';

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

  /** Every migration of such a schema once, in no order: TypeORM runs them by the times in their names. */
  migrationsOf(kind: SchemaKind): MigrationClass[] {
    const features = [...this.#features];
    const shared = kind === 'base' ? features.flatMap((feature) => feature.shared ?? []) : [];
    return [...new Set([...shared, ...features.flatMap(({ migrations }) => migrations)])];
  }

  /** Names of the tables that hold rows of tenants, each after those it refers to. */
  get tables(): string[] {
    return [...this.#features].flatMap(({ tables }) => tables);
  }

  /** The tables that an export of a tenant has. */
  get exported(): ExportedTable[] {
    return [...this.#features].flatMap(({ exported }) => exported ?? []);
  }

  /** What tables have of users, by their names. */
  get users(): ReadonlyMap<string, OfUser> {
    return new Map([...this.#features].flatMap(({ users = {} }) => Object.entries(users)));
  }

  /** Names of tables that are there once for all tenants, whose rows go with their tenant. */
  get sharedTables(): string[] {
    return [...this.#features].flatMap(({ sharedTables = [] }) => sharedTables);
  }

  /** Names what the schema of a tenant holds that is up to date; the same for the same tables. */
  get version(): string {
    const names = this.migrationsOf('tenant').map(({ name }) => name);
    const extensions = [...this.#features].map(({ extendedTo }) => extendedTo?.() ?? '');
    return createHash('sha256')
      .update([...names, ...extensions].toSorted().join())
      .digest('hex')
      .slice(0, 16);
  }

  /** Whether what the schema is to have depends on what the database has. */
  get isExtended(): boolean {
    return [...this.#features].some(({ extend }) => extend !== undefined);
  }

  /** Brings the optional tables of all of them up to date. */
  readonly extend: SchemaExtension = async (run, schema, grantee) => {
    for (const { extend } of this.#features) await extend?.(run, schema, grantee);
  };
}
