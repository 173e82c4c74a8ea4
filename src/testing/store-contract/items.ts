import { InvalidStateError, NotFoundError } from '../../chatkit/core/index.js';
import type { StoreUnderTest } from './store-under-test.js';
import { ANNA, AWKWARD, BERT, note, OTHER_ANNA, question, thread, toolCall } from './samples.js';

const MISSING = new NotFoundError('Thread');

export function describeItems(current: StoreUnderTest): void {
  describe('items', () => {
    beforeEach(async () => {
      await current().saveThread(thread('t1'), ANNA);
    });

    it('come back exactly as they were added', async () => {
      const item = { ...toolCall('i1'), arguments: { [AWKWARD]: AWKWARD }, output: { b: 1, a: [null] } };
      await current().addThreadItem('t1', item, ANNA);
      expect(await current().loadItem('t1', 'i1', ANNA)).toEqual(item);
    });

    it('keep the order in which they were added, whatever their times say', async () => {
      const times = ['2030-01-01T00:00:00Z', '2010-01-01T00:00:00Z', '2020-01-01T00:00:00Z'];
      for (const [index, created_at] of times.entries()) {
        await current().addThreadItem('t1', { ...note(`i${index}`), created_at }, ANNA);
      }
      expect(await ids()).toEqual(['i0', 'i1', 'i2']);
      expect(await ids('desc')).toEqual(['i2', 'i1', 'i0']);
    });

    it('keep their place when they are replaced', async () => {
      for (const id of ['i0', 'i1', 'i2']) await current().addThreadItem('t1', note(id), ANNA);
      await current().saveItem('t1', note('i0', 'saved'), ANNA);
      await current().addThreadItem('t1', note('i1', 'added again'), ANNA);
      expect(await ids()).toEqual(['i0', 'i1', 'i2']);
      expect(await current().loadItem('t1', 'i0', ANNA)).toEqual(note('i0', 'saved'));
      expect(await current().loadItem('t1', 'i1', ANNA)).toEqual(note('i1', 'added again'));
    });

    it('may have the same id in several threads', async () => {
      await current().saveThread(thread('t2'), ANNA);
      await current().addThreadItem('t1', note('m1', 'first'), ANNA);
      await current().addThreadItem('t2', note('m1', 'second', 't2'), ANNA);
      await current().deleteThreadItem('t1', 'm1', ANNA);
      expect(await current().loadItem('t2', 'm1', ANNA)).toEqual(note('m1', 'second', 't2'));
    });

    it('are paged exactly in both orders', async () => {
      const all = Array.from({ length: 7 }, (_, index) => `i${index}`);
      for (const id of all) await current().addThreadItem('t1', note(id), ANNA);
      await current().deleteThreadItem('t1', 'i3', ANNA);
      const left = all.filter((id) => id !== 'i3');
      for (const order of ['asc', 'desc'] as const) {
        const seen: string[] = [];
        let after: string | undefined;
        do {
          const part = await current().loadThreadItems('t1', { limit: 2, order, after }, ANNA);
          expect(part.data.length).toBe(2);
          seen.push(...part.data.map(({ id }) => id));
          after = part.after;
        } while (after !== undefined);
        expect(seen).toEqual(order === 'asc' ? left : left.toReversed());
      }
    });

    it('are not paged from a cursor that is not in the thread', async () => {
      await current().saveThread(thread('t2'), ANNA);
      await current().addThreadItem('t2', note('elsewhere', '', 't2'), ANNA);
      for (const after of ['nowhere', 'elsewhere', '', 'a\0b', 'x'.repeat(300)]) {
        await expect(
          current().loadThreadItems('t1', { limit: 2, order: 'asc', after }, ANNA),
        ).rejects.toThrow(new NotFoundError('Cursor'));
      }
    });

    it('come with their thread', async () => {
      expect(await current().loadThreadWithItems('t1', 2, ANNA)).toMatchObject({
        thread: thread('t1'),
        items: { data: [], has_more: false },
      });
      for (const id of ['i0', 'i1', 'i2']) await current().addThreadItem('t1', note(id), ANNA);
      const { items } = await current().loadThreadWithItems('t1', 2, ANNA);
      expect(items).toEqual({ data: [note('i0'), note('i1')], has_more: true, after: 'i1' });
    });

    it('come back as the newest when a message is added to them', async () => {
      for (const id of ['i0', 'i1']) await current().addThreadItem('t1', note(id), ANNA);
      expect(await current().addUserMessage('t1', question('q'), ANNA, { history: 2 })).toEqual([
        question('q'),
        note('i1'),
      ]);
      expect(await current().addUserMessage('t1', question('q2'), ANNA)).toEqual([]);
    });

    it('begin with the message that their thread is created with', async () => {
      await current().createThread(thread('t2'), { ...question('q'), thread_id: 't2' }, ANNA);
      await current().addThreadItem('t2', note('i1', 'i1', 't2'), ANNA);
      const { items } = await current().loadThreadWithItems('t2', 9, ANNA);
      expect(items.data.map(({ id }) => id)).toEqual(['q', 'i1']);
      for (const stranger of [BERT, OTHER_ANNA]) {
        await expect(current().addUserMessage('t2', question('q'), stranger)).rejects.toThrow(MISSING);
      }
      await expect(current().createThread(thread('t2'), question('q'), BERT)).rejects.toThrow(MISSING);
    });

    it('that are not there are not found, and may be deleted all the same', async () => {
      for (const id of ['nothing', '', 'a\0b', 'x'.repeat(257)]) {
        await expect(current().loadItem('t1', id, ANNA)).rejects.toThrow(new NotFoundError('Item'));
        await current().deleteThreadItem('t1', id, ANNA);
        expect(await current().truncateAfterUserMessage('t1', id, ANNA)).toBeUndefined();
      }
    });

    it('are out of reach for anyone but the owner of the thread', async () => {
      await current().addThreadItem('t1', question('i1'), ANNA);
      const everyone = [
        { scope: BERT, id: 't1' },
        { scope: OTHER_ANNA, id: 't1' },
        { scope: ANNA, id: 'nowhere' },
        { scope: ANNA, id: 'a\0b' },
      ];
      for (const { scope, id } of everyone) {
        const tries = [
          current().loadThreadItems(id, { limit: 2, order: 'asc' }, scope),
          current().loadThreadWithItems(id, 2, scope),
          current().loadItem(id, 'i1', scope),
          current().addThreadItem(id, note('i2'), scope),
          current().saveItem(id, note('i1'), scope),
          current().deleteThreadItem(id, 'i1', scope),
          current().completeClientToolCall(id, 1, scope),
          current().truncateAfterUserMessage(id, 'i1', scope),
        ];
        for (const attempt of tries) await expect(attempt).rejects.toThrow(MISSING);
      }
      expect(await current().loadItem('t1', 'i1', ANNA)).toEqual(question('i1'));
    });
  });

  describe('client tool calls', () => {
    beforeEach(async () => {
      await current().saveThread(thread('t1'), ANNA);
    });

    it('are completed when pending and last, and other pending ones are removed', async () => {
      const items = [toolCall('old'), note('n'), toolCall('done', 'completed'), toolCall('stale')];
      for (const item of [...items, toolCall('last')]) await current().addThreadItem('t1', item, ANNA);
      const completed = { ...toolCall('last', 'completed'), output: { text: AWKWARD } };
      expect(await current().completeClientToolCall('t1', { text: AWKWARD }, ANNA)).toEqual(completed);
      expect(await ids()).toEqual(['n', 'done', 'last']);
      expect(await current().loadItem('t1', 'last', ANNA)).toEqual(completed);
    });

    it('are refused when the last item is none that is pending', async () => {
      await expect(current().completeClientToolCall('t1', 1, ANNA)).rejects.toThrow(InvalidStateError);
      await current().addThreadItem('t1', toolCall('i1'), ANNA);
      await current().addThreadItem('t1', note('i2'), ANNA);
      await expect(current().completeClientToolCall('t1', 1, ANNA)).rejects.toThrow(InvalidStateError);
      expect(await current().loadItem('t1', 'i1', ANNA)).toEqual(toolCall('i1'));
    });
  });

  describe('truncating', () => {
    beforeEach(async () => {
      await current().saveThread(thread('t1'), ANNA);
      for (const item of [question('q1'), note('a1'), question('q2'), note('a2')]) {
        await current().addThreadItem('t1', item, ANNA);
      }
    });

    it('removes what follows the user message', async () => {
      expect(await current().truncateAfterUserMessage('t1', 'q1', ANNA)).toEqual(question('q1'));
      expect(await ids()).toEqual(['q1']);
    });

    it('keeps what it is told to keep, in its order', async () => {
      const except = ['q2', 'q1', 'nothing', 'a\0b'];
      expect(await current().truncateAfterUserMessage('t1', 'q1', ANNA, except)).toEqual(question('q1'));
      expect(await ids()).toEqual(['q1', 'q2']);
    });

    it('removes nothing after anything else', async () => {
      await expect(current().truncateAfterUserMessage('t1', 'a1', ANNA)).rejects.toThrow(InvalidStateError);
      expect(await current().truncateAfterUserMessage('t1', 'nothing', ANNA)).toBeUndefined();
      expect(await ids()).toEqual(['q1', 'a1', 'q2', 'a2']);
    });
  });

  async function ids(order: 'asc' | 'desc' = 'asc'): Promise<string[]> {
    const { data } = await current().loadThreadItems('t1', { limit: 50, order }, ANNA);
    return data.map(({ id }) => id);
  }
}
