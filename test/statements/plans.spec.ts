import { itemPages, threadPages } from '../../src/store/rows/page-statements.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { statement, type Statement } from '../../src/store/unit-of-work/statement.js';
import { ANNA } from '../../src/testing/store-contract/samples.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly Plan[];
}

const OWN = ['acme', 'anna'] as const;
const BOUNDS = [20, 4_000_000] as const;

describe('A page out of very many rows', () => {
  let database: TestDatabase;
  let parts: StoreParts;

  beforeAll(async () => {
    database = await createTestDatabase();
    parts = await openStore(database);
    // enough for the planner to prefer reading in order; the plan is the same for a thousand times as many
    await database.query(
      `INSERT INTO chatkit.threads (tenant_id, owner_id, id, status, data, shown)
       SELECT 'acme', 'anna', 't' || n, 'active', '{}', '{}' FROM generate_series(1, 20000) AS n`,
    );
    await database.query(
      `INSERT INTO chatkit.items (tenant_id, owner_id, thread_id, id, seq, type, data)
       SELECT 'acme', 'anna', 't1', 'i' || n, n, 'end_of_turn', '{}' FROM generate_series(1, 20000) AS n`,
    );
    await database.query('ANALYZE chatkit.threads, chatkit.items');
  });
  afterAll(async () => {
    await parts.database.close();
    await database.drop();
  });

  async function nodes({ name, text, values }: Statement<unknown>): Promise<Plan[]> {
    const explain = statement<unknown[], { readonly 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
      `explain_${name}`,
      `EXPLAIN (FORMAT JSON) ${text}`,
    );
    const [{ rows }] = await parts.unitOfWork.pipeline(ANNA, explain(...values));
    return flat(rows[0]?.['QUERY PLAN'][0]?.Plan);
  }

  it.each([
    ['of threads', threadPages.first.desc(...OWN, ...BOUNDS), 'threads_by_owner'],
    ['of threads, oldest first', threadPages.first.asc(...OWN, ...BOUNDS), 'threads_by_owner'],
    ['of threads after a cursor', threadPages.after.desc(...OWN, ...BOUNDS, 't900'), 'threads_by_owner'],
    ['of items', itemPages.first.asc(...OWN, 't1', ...BOUNDS), 'items_in_order'],
    ['of items, newest first', itemPages.first.desc(...OWN, 't1', ...BOUNDS), 'items_in_order'],
    ['of items after a cursor', itemPages.after.asc(...OWN, 't1', ...BOUNDS, 'i900'), 'items_in_order'],
  ])('%s is read in the order of an index, and nothing is sorted', async (_name, page, index) => {
    const found = await nodes(page);
    const types = found.map((node) => node['Node Type']);
    expect(types).not.toContain('Sort');
    expect(types).not.toContain('Seq Scan');
    expect(found.map((node) => node['Index Name'])).toContain(index);
  });
});

function flat(plan: Plan | undefined): Plan[] {
  return plan === undefined ? [] : [plan, ...(plan.Plans ?? []).flatMap(flat)];
}
