import { NotFoundError } from '../../src/chatkit/core/errors.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';
import { ANNA, BERT, note, thread } from '../../src/testing/store-contract/samples.js';

describe('deleted threads, attachments and pages in PostgreSQL', () => {
  let database: TestDatabase;
  let parts: StoreParts;

  beforeAll(async () => {
    database = await createTestDatabase();
    parts = await openStore(database);
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

  it('does not bring a deleted thread back by saving it', async () => {
    await parts.store.deleteThread('t1', ANNA);
    await expect(parts.store.saveThread(thread('t1', { title: 'late' }), ANNA)).rejects.toThrow(
      new NotFoundError('Thread'),
    );
    expect((await parts.store.loadThreads({ limit: 9, order: 'asc' }, ANNA)).data).toEqual([]);
  });

  it('does not bring it back either when both happen at once', async () => {
    for (let round = 0; round < 30; round += 1) {
      const id = `t1-${round}`;
      await parts.store.saveThread(thread(id), ANNA);
      await Promise.allSettled([
        parts.store.saveThread(thread(id, { title: 'late' }), ANNA),
        parts.store.deleteThread(id, ANNA),
        parts.store.saveThread(thread(id, { title: 'later' }), ANNA),
      ]);
      await expect(parts.store.loadThread(id, ANNA)).rejects.toThrow(new NotFoundError('Thread'));
    }
  });

  it('does not let another user take the id of an attachment', async () => {
    const file = { type: 'file' as const, id: 'a1', name: 'a', mime_type: 'text/plain' };
    await parts.store.saveAttachment(file, ANNA);
    await expect(parts.store.saveAttachment({ ...file, name: 'b' }, BERT)).rejects.toThrow(
      new NotFoundError('Attachment'),
    );
    expect(await parts.store.loadAttachment('a1', ANNA)).toEqual(file);
  });

  it('caps pages and says that there is more', async () => {
    const capped = await openStore(database, { CHATKIT_PAGE_SIZE_MAX: '1' });
    const query = { limit: 9999, order: 'asc' } as const;
    expect(await capped.store.loadThreadItems('t1', query, ANNA)).toEqual({
      data: [note('i1')],
      has_more: true,
      after: 'i1',
    });
    const { items } = await capped.store.loadThreadWithItems('t1', 9999, ANNA);
    expect(items.has_more).toBe(true);
    await capped.database.close();
  });
});
