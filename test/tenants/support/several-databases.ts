import type { CreateStoreOptions, StoreParts } from '../../../src/store/create-store.js';
import { createTestDatabase, openStore, type TestDatabase } from '../../support/database.js';

/** The home of tenants and further databases, in the cluster of the run. */
export interface SeveralDatabases {
  readonly home: TestDatabase;
  /** By their names. */
  readonly further: Readonly<Record<string, TestDatabase>>;
  /** What an application is configured by. */
  readonly env: NodeJS.ProcessEnv;
  /** A store that knows all of them; closed with them. */
  open(env?: NodeJS.ProcessEnv, options?: CreateStoreOptions): Promise<StoreParts>;
  drop(): Promise<void>;
}

export async function severalDatabases<const Name extends string>(
  ...names: readonly Name[]
): Promise<SeveralDatabases & { readonly further: Readonly<Record<Name, TestDatabase>> }> {
  const home = await createTestDatabase();
  const made = await Promise.all(names.map(async (name) => [name, await createTestDatabase()] as const));
  const env = {
    CHATKIT_DATABASE_URL: home.url,
    CHATKIT_DATABASES: JSON.stringify(Object.fromEntries(made.map(([name, { url }]) => [name, { url }]))),
  };
  const stores: StoreParts[] = [];
  return {
    home,
    further: Object.fromEntries(made) as Record<Name, TestDatabase>,
    env,
    async open(more = {}, options = {}) {
      const parts = await openStore(home, { ...env, ...more }, options);
      stores.push(parts);
      return parts;
    },
    async drop() {
      for (const { tenants } of stores) await tenants.databases.close();
      for (const database of [home, ...made.map(([, each]) => each)]) await database.drop();
    },
  };
}
