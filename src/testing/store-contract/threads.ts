import { NotFoundError, type TenantScope, type ThreadMetadata } from '../../chatkit/core/index.js';
import type { StoreUnderTest } from './store-under-test.js';
import { ANNA, AWKWARD, BERT, note, OTHER_ANNA, thread } from './samples.js';

const UNSTORABLE = ['', 'a\0b', 'x'.repeat(257), 'lone \ud800'];

const rename = (stored: ThreadMetadata): ThreadMetadata => ({ ...stored, title: 'new' });

export function describeThreads(current: StoreUnderTest): void {
  describe('threads', () => {
    it('come back exactly as they were saved', async () => {
      const saved = thread('t1', {
        title: AWKWARD,
        created_at: '2020-01-02T03:04:05.000006+02:00',
        status: { type: 'locked', reason: AWKWARD },
        metadata: { [AWKWARD]: [1.5, null, { b: 1, a: 2 }], big: 2 ** 53 - 1 },
        allowed_image_domains: ['a.test'],
      });
      await current().saveThread(saved, ANNA);
      expect(await current().loadThread('t1', ANNA)).toEqual(saved);
    });

    it('are replaced as a whole', async () => {
      await current().saveThread(thread('t1', { title: 'old', metadata: { a: 1 } }), ANNA);
      await current().saveThread(thread('t1', { metadata: { b: 2 } }), ANNA);
      expect(await current().loadThread('t1', ANNA)).toEqual(thread('t1', { metadata: { b: 2 } }));
    });

    it('are changed as they are stored, by their owner alone', async () => {
      await current().saveThread(thread('t1', { title: 'old', metadata: { a: 1 } }), ANNA);
      const renamed = thread('t1', { title: 'new', metadata: { a: 1 } });
      expect(await current().updateThread('t1', rename, ANNA)).toEqual(renamed);
      for (const [id, stranger] of [
        ['t1', BERT],
        ['t1', OTHER_ANNA],
        ['none', ANNA],
      ] as const) {
        await expect(current().updateThread(id, rename, stranger)).rejects.toThrow(NotFoundError);
      }
      expect(await current().loadThread('t1', ANNA)).toEqual(renamed);
    });

    it('are not shared with the caller', async () => {
      const mine = thread('t1', { metadata: { list: [1] } });
      await current().saveThread(mine, ANNA);
      mine.metadata['list'] = 'changed';
      const loaded = await current().loadThread('t1', ANNA);
      loaded.metadata['list'] = 'changed';
      expect(await current().loadThread('t1', ANNA)).toEqual(thread('t1', { metadata: { list: [1] } }));
    });

    it('are not found by other users and other tenants', async () => {
      await current().saveThread(thread('t1', { title: 'mine' }), ANNA);
      for (const stranger of [BERT, OTHER_ANNA]) {
        await expect(current().loadThread('t1', stranger)).rejects.toThrow(new NotFoundError('Thread'));
        await expect(current().deleteThread('t1', stranger)).rejects.toThrow(new NotFoundError('Thread'));
        expect(await page(stranger)).toEqual([]);
      }
      expect(await current().loadThread('t1', ANNA)).toMatchObject({ title: 'mine' });
    });

    it.each([undefined, null, ''])('are refused for a tenant or a user that is %j', async (id) => {
      for (const scope of [
        { ...ANNA, tenantId: id },
        { ...ANNA, userId: id },
      ]) {
        const nobody = scope as TenantScope;
        await expect(page(nobody)).rejects.toThrow();
        await expect(current().saveThread(thread('t1'), nobody)).rejects.toThrow();
      }
    });

    it('are never overwritten by another user of the tenant', async () => {
      await current().saveThread(thread('t1', { title: 'mine' }), ANNA);
      await expect(current().saveThread(thread('t1', { title: 'theirs' }), BERT)).rejects.toThrow(
        new NotFoundError('Thread'),
      );
      expect(await current().loadThread('t1', ANNA)).toMatchObject({ title: 'mine' });
    });

    it('of the same id live side by side in two tenants', async () => {
      await current().saveThread(thread('t1', { title: 'ours' }), ANNA);
      await current().saveThread(thread('t1', { title: 'theirs' }), OTHER_ANNA);
      expect(await current().loadThread('t1', ANNA)).toMatchObject({ title: 'ours' });
      expect(await current().loadThread('t1', OTHER_ANNA)).toMatchObject({ title: 'theirs' });
    });

    it('are named once: a title that is there stays', async () => {
      const metadata = { [AWKWARD]: [1.5, null] };
      await current().saveThread(thread('t1', { metadata }), ANNA);
      const named = thread('t1', { title: AWKWARD, metadata });
      expect(await current().nameThread('t1', AWKWARD, ANNA)).toEqual(named);
      expect(await current().nameThread('t1', 'another', ANNA)).toBeUndefined();
      expect(await current().loadThread('t1', ANNA)).toEqual(named);
      for (const stranger of [BERT, OTHER_ANNA]) {
        await expect(current().nameThread('t1', 'theirs', stranger)).rejects.toThrow(NotFoundError);
      }
    });

    it('get a title together with an item, unless they have one', async () => {
      const metadata = { [AWKWARD]: [1.5, null] };
      await current().saveThread(thread('t1', { metadata }), ANNA);
      const named = thread('t1', { title: AWKWARD, metadata });
      expect(await current().addItemAndName('t1', note('i1'), AWKWARD, ANNA)).toEqual(named);
      expect(await current().addItemAndName('t1', note('i2'), 'another', ANNA)).toBeUndefined();
      expect(await current().addItemAndName('t1', note('i2'), 'another', ANNA)).toBeUndefined();
      expect(await current().loadThread('t1', ANNA)).toEqual(named);
      const { data } = await current().loadThreadItems('t1', { limit: 5, order: 'asc' }, ANNA);
      expect(data).toEqual([note('i1'), note('i2')]);
    });

    it('get neither a title nor an item from anybody else', async () => {
      await current().saveThread(thread('t1'), ANNA);
      for (const [id, stranger] of [
        ['t1', BERT],
        ['t1', OTHER_ANNA],
        ['none', ANNA],
        ['', ANNA],
      ] as const) {
        const added = current().addItemAndName(id, note('i1'), 'theirs', stranger);
        await expect(added).rejects.toThrow(new NotFoundError('Thread'));
      }
      expect(await current().loadThread('t1', ANNA)).toEqual(thread('t1'));
      expect((await current().loadThreadItems('t1', { limit: 5, order: 'asc' }, ANNA)).data).toEqual([]);
    });

    it('take their items with them when they are deleted', async () => {
      await current().saveThread(thread('t1'), ANNA);
      await current().addThreadItem('t1', note('i1'), ANNA);
      await current().deleteThread('t1', ANNA);
      await expect(current().loadThread('t1', ANNA)).rejects.toThrow(NotFoundError);
      await expect(current().loadItem('t1', 'i1', ANNA)).rejects.toThrow(new NotFoundError('Thread'));
      await expect(current().addThreadItem('t1', note('i2'), ANNA)).rejects.toThrow(NotFoundError);
      await expect(current().deleteThread('t1', ANNA)).rejects.toThrow(new NotFoundError('Thread'));
    });

    it.each(UNSTORABLE)('of the id %j are simply not found', async (id) => {
      await expect(current().loadThread(id, ANNA)).rejects.toThrow(new NotFoundError('Thread'));
      await expect(current().deleteThread(id, ANNA)).rejects.toThrow(new NotFoundError('Thread'));
      await expect(page(ANNA, 'asc', 2, id)).rejects.toThrow(new NotFoundError('Cursor'));
    });

    it('are listed in the order in which they were created, even within one millisecond', async () => {
      const ids = Array.from({ length: 12 }, (_, index) => `t${(index * 7) % 12}`);
      for (const id of ids) await current().saveThread(thread(id), ANNA);
      await current().saveThread(thread('t0', { title: 'changed later' }), ANNA);
      expect(await page(ANNA, 'asc')).toEqual(ids);
      expect(await page(ANNA, 'desc')).toEqual(ids.toReversed());
    });

    it('are paged without losing or repeating one', async () => {
      const ids = Array.from({ length: 7 }, (_, index) => `t${index}`);
      for (const id of ids) await current().saveThread(thread(id), ANNA);
      for (const order of ['asc', 'desc'] as const) {
        const seen: string[] = [];
        let after: string | undefined;
        do {
          const part = await current().loadThreads({ limit: 3, order, after }, ANNA);
          seen.push(...part.data.map(({ id }) => id));
          expect(part.after).toBe(part.has_more ? part.data.at(-1)?.id : undefined);
          after = part.after;
        } while (after !== undefined);
        expect(seen).toEqual(order === 'asc' ? ids : ids.toReversed());
      }
    });

    it('cannot be paged from a cursor that is unknown or somebody else’s', async () => {
      await current().saveThread(thread('theirs'), BERT);
      for (const after of ['nowhere', 'theirs']) {
        await expect(page(ANNA, 'desc', 2, after)).rejects.toThrow(new NotFoundError('Cursor'));
      }
    });
  });

  async function page(scope = ANNA, order: 'asc' | 'desc' = 'asc', limit = 50, after?: string) {
    const { data } = await current().loadThreads({ limit, order, after }, scope);
    return data.map(({ id }) => id);
  }
}
