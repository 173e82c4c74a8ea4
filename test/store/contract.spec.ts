import type { StoreParts } from '../../src/store/create-store.js';
import { createTestDatabase, emptyTables, openStore, type TestDatabase } from '../support/database.js';
import { MemoryStore } from '../../src/chatkit/core/index.js';
import { describeStore } from '../../src/testing/index.js';

describeStore('the store in memory', async () => ({
  store: new MemoryStore(),
  close: async () => undefined,
}));

describe.each(['row', 'schema'])('with %s isolation', (isolation) => {
  let database: TestDatabase;
  let parts: StoreParts;

  beforeAll(async () => {
    database = await createTestDatabase();
    parts = await openStore(database, { CHATKIT_ISOLATION: isolation });
  });
  afterAll(async () => {
    await parts.database.close();
    await database.drop();
  });

  describeStore('the store in PostgreSQL', async () => ({
    store: parts.store,
    close: () => emptyTables(database),
  }));
});
