import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryStore, type Store, type TenantScope } from '../../src/chatkit/core/index.js';
import type { StoreParts } from '../../src/store/index.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';
import { runScenario } from './run-scenario.js';
import type { Scenario } from './scenario.js';

const folder = join(import.meta.dirname, 'server');
const scenarios = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Scenario,
);

function answersAlike(store: () => Store<TenantScope>): void {
  it.each(scenarios)('$name', async (scenario) => {
    expect(await runScenario(scenario, store(), randomUUID())).toEqual([]);
  });
}

describe('The server over the in-memory store answers as the reference does', () => {
  answersAlike(() => new MemoryStore());
});

describe.each(['row', 'schema'])(
  'The server over PostgreSQL, isolated by %s, answers as the reference does',
  (isolation) => {
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

    answersAlike(() => parts.store);
  },
);

describe('The replay itself', () => {
  it('notices an answer that differs from the recording', async () => {
    const [first] = scenarios;
    const altered = JSON.parse(JSON.stringify(first).replaceAll('"output_text"', '"other_text"')) as Scenario;
    expect(await runScenario(altered, new MemoryStore(), randomUUID())).not.toEqual([]);
  });
});
