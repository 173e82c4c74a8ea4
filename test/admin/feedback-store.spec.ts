import { TypeOrmFeedbackStore } from '../../src/admin/index.js';
import { NotFoundError } from '../../src/chatkit/core/errors.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';
import { ANNA, BERT, note, OTHER_ANNA, thread } from '../../src/testing/store-contract/samples.js';

describe('feedback in PostgreSQL', () => {
  let database: TestDatabase;
  let parts: StoreParts;
  let feedback: TypeOrmFeedbackStore;

  beforeAll(async () => {
    database = await createTestDatabase();
    parts = await openStore(database);
    feedback = new TypeOrmFeedbackStore(parts.unitOfWork);
  });
  beforeEach(async () => {
    await database.query('TRUNCATE chatkit.threads, chatkit.deleted_threads CASCADE');
    await parts.store.saveThread(thread('t1'), ANNA);
    for (const id of ['i1', 'i2']) await parts.store.addThreadItem('t1', note(id), ANNA);
  });
  afterAll(async () => {
    await parts.database.close();
    await database.drop();
  });

  const kept = () => database.query('SELECT item_id, user_id, kind FROM chatkit.feedback ORDER BY item_id');

  it('keeps the last opinion on each item', async () => {
    await feedback.saveFeedback('t1', ['i1', 'i2', 'i1'], 'positive', ANNA);
    await feedback.saveFeedback('t1', ['i1'], 'negative', ANNA);
    expect(await kept()).toEqual([
      { item_id: 'i1', user_id: 'anna', kind: 'negative' },
      { item_id: 'i2', user_id: 'anna', kind: 'positive' },
    ]);
  });

  it('takes no opinions on threads of others', async () => {
    for (const stranger of [BERT, OTHER_ANNA]) {
      await expect(feedback.saveFeedback('t1', ['i1'], 'positive', stranger)).rejects.toThrow(
        new NotFoundError('Thread'),
      );
    }
    expect(await kept()).toEqual([]);
  });

  it('keeps none at all when one of the items is not there', async () => {
    for (const missing of ['i9', 'a\0b']) {
      await expect(feedback.saveFeedback('t1', ['i1', missing], 'positive', ANNA)).rejects.toThrow(
        new NotFoundError('Item'),
      );
    }
    expect(await kept()).toEqual([]);
  });

  it('goes away with the item', async () => {
    await feedback.saveFeedback('t1', ['i1', 'i2'], 'positive', ANNA);
    await parts.store.deleteThreadItem('t1', 'i1', ANNA);
    expect(await kept()).toHaveLength(1);
    await parts.store.deleteThread('t1', ANNA);
    expect(await kept()).toEqual([]);
  });
});
