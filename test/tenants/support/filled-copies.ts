import { cp } from 'node:fs/promises';
import type { StoreParts } from '../../../src/store/create-store.js';
import { createCopies, openStore, type TestDatabase } from '../../support/database.js';
import { makeScratch } from '../../support/scratch.js';
import { fill } from './filled-tenant.js';

/** A database with what several users have, a store on it and the folder of their files, all for one test. */
export interface FilledCopy {
  readonly database: TestDatabase;
  readonly parts: StoreParts;
  readonly folder: string;
}

/** Makes the next of several that begin with the same. */
export interface FilledCopies {
  next(): Promise<FilledCopy>;
  drop(): Promise<void>;
}

/** For tests that each change what these users have: it is made once, and copied for each. */
export async function filledCopies(
  scopes: readonly { readonly tenantId: string; readonly userId: string }[],
  env: NodeJS.ProcessEnv,
): Promise<FilledCopies> {
  const filled = await makeScratch();
  const databases = await createCopies(async (parts) => {
    for (const scope of scopes) await fill(parts, scope, filled);
  }, env);
  return {
    async next() {
      const database = await databases.next();
      const parts = await openStore(database, env);
      const folder = await makeScratch();
      await cp(filled, folder, { recursive: true });
      return { database, parts, folder };
    },
    drop: () => databases.drop(),
  };
}
