import { TypeOrmFeedbackStore } from '../../src/admin/index.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { statement, type Statement } from '../../src/store/unit-of-work/statement.js';
import { ANNA, BERT, note, thread } from '../../src/testing/store-contract/samples.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';

type Row = [tenantId: string, userId: string, threadId: string];

/** Each hangs something of a user on a thread, past the store's own checks. */
const HANGING = {
  item: statement<Row>(
    'test_hang_item',
    `INSERT INTO items (tenant_id, owner_id, thread_id, id, seq, type, data)
     VALUES ($1, $2, $3, 'hung', 99, 'end_of_turn', '{}')`,
  ),
  opinion: statement<Row>(
    'test_hang_opinion',
    `INSERT INTO feedback (tenant_id, user_id, thread_id, item_id, kind) VALUES ($1, $2, $3, 'i1', 'positive')`,
  ),
};

describe.each(['row', 'schema'])('With isolation by %s the bound role', (isolation) => {
  let database: TestDatabase;
  let parts: StoreParts;

  beforeAll(async () => {
    database = await createTestDatabase();
    parts = await openStore(database, { CHATKIT_ISOLATION: isolation });
    for (const [scope, id] of [
      [ANNA, 'of-anna'],
      [BERT, 'of-bert'],
    ] as const) {
      await parts.store.saveThread(thread(id), scope);
      await parts.store.addThreadItem(id, note('i1', 'x', id), scope);
    }
  });
  afterAll(async () => {
    await parts?.database.close();
    await database?.drop();
  });

  const run = (asked: Statement<unknown>) => parts.unitOfWork.pipeline(BERT, asked);

  it.each(Object.entries(HANGING))('hangs no %s on the thread of another user', async (_what, hang) => {
    const refused = /violates foreign key constraint "\w+_own_thread"/;
    await expect(run(hang(BERT.tenantId, BERT.userId, 'of-anna'))).rejects.toThrow(refused);
  });

  it.each(Object.entries(HANGING))('hangs an %s on a thread of its own user', async (_what, hang) => {
    await expect(run(hang(BERT.tenantId, BERT.userId, 'of-bert'))).resolves.toBeDefined();
  });

  it('moves no item to the thread of another user', async () => {
    await parts.store.addThreadItem('of-bert', note('moved', 'x', 'of-bert'), BERT);
    const move = statement<[]>(
      'test_move',
      `UPDATE items SET thread_id = 'of-anna', seq = 100 WHERE id = 'moved'`,
    );
    await expect(run(move())).rejects.toThrow(/violates foreign key constraint "items_of_own_thread"/);
  });

  it('leaves nothing of a thread that is deleted', async () => {
    const scope = { ...ANNA, userId: 'carla' };
    await parts.store.saveThread(thread('gone'), scope);
    await parts.store.addThreadItem('gone', note('i1', 'x', 'gone'), scope);
    await new TypeOrmFeedbackStore(parts.unitOfWork).saveFeedback('gone', ['i1'], 'positive', scope);
    await parts.store.deleteThread('gone', scope);
    const count = statement<[], { readonly count: number }>(
      'test_left',
      'SELECT ((SELECT count(*) FROM items) + (SELECT count(*) FROM feedback))::int AS count',
    );
    const [{ rows }] = await parts.unitOfWork.read(scope, count());
    expect(rows).toEqual([{ count: 0 }]);
  });
});
