import { NotFoundError, type Attachment } from '../../chatkit/core/index.js';
import type { StoreUnderTest } from './store-under-test.js';
import { ANNA, AWKWARD, BERT, OTHER_ANNA, question, thread } from './samples.js';

const MISSING = new NotFoundError('Attachment');
const image: Attachment = {
  type: 'image',
  id: 'a1',
  name: AWKWARD,
  mime_type: 'image/png',
  preview_url: 'https://files.test/preview',
  metadata: { secret: AWKWARD },
};
const file: Attachment = { type: 'file', id: 'a2', name: 'terms.pdf', mime_type: 'application/pdf' };

export function describeAttachments(current: StoreUnderTest): void {
  describe('attachments', () => {
    it('come back as saved, to their owner alone', async () => {
      await current().saveAttachment(image, ANNA);
      await current().saveAttachment({ ...image, thread_id: 't1' }, ANNA);
      expect(await current().loadAttachment('a1', ANNA)).toEqual({ ...image, thread_id: 't1' });
      for (const stranger of [BERT, OTHER_ANNA]) {
        await expect(current().loadAttachment('a1', stranger)).rejects.toThrow(MISSING);
        await expect(current().loadAttachments(['a1'], stranger)).rejects.toThrow(MISSING);
        await expect(current().deleteAttachment('a1', stranger)).rejects.toThrow(NotFoundError);
      }
    });

    it('are not found once deleted', async () => {
      await current().saveAttachment(image, ANNA);
      await current().deleteAttachment('a1', ANNA);
      await expect(current().loadAttachment('a1', ANNA)).rejects.toThrow(NotFoundError);
      await expect(current().deleteAttachment('a\0', ANNA)).rejects.toThrow(MISSING);
    });

    it('come back together, in the order that was asked for', async () => {
      await current().saveAttachment(image, ANNA);
      await current().saveAttachment(file, ANNA);
      expect(await current().loadAttachments(['a2', 'a1'], ANNA)).toEqual([file, image]);
      for (const unknown of ['nowhere', 'a\0', '']) {
        await expect(current().loadAttachments(['a1', unknown], ANNA)).rejects.toThrow(MISSING);
      }
    });
  });

  describe('a message with attachments', () => {
    const message = {
      ...question('m1'),
      attachments: [
        { ...image, thread_id: 't1' },
        { ...file, thread_id: 't1' },
      ],
    };

    beforeEach(async () => {
      await current().saveThread(thread('t1'), ANNA);
      await current().saveThread(thread('t2'), ANNA);
      await current().saveAttachment(image, ANNA);
      await current().saveAttachment(file, ANNA);
    });

    it('comes back with them, and they belong to its thread', async () => {
      await current().addUserMessage('t1', message, ANNA);
      expect(await current().loadItem('t1', 'm1', ANNA)).toEqual(message);
      expect(await current().loadAttachments(['a1', 'a2'], ANNA)).toEqual(message.attachments);
    });

    it('may name those that its thread has already', async () => {
      await current().addUserMessage('t1', message, ANNA);
      await current().addUserMessage('t1', { ...message, id: 'm2' }, ANNA);
      expect(await itemsOf(current())).toEqual(['m1', 'm2']);
      expect(await current().loadAttachments(['a1', 'a2'], ANNA)).toEqual(message.attachments);
    });

    it('is not kept when one of them belongs to another thread', async () => {
      await current().saveAttachment({ ...file, thread_id: 't2' }, ANNA);
      await expect(current().addUserMessage('t1', message, ANNA)).rejects.toThrow(MISSING);
      expect(await itemsOf(current())).toEqual([]);
      expect(await current().loadAttachment('a1', ANNA)).toEqual(image);
    });

    it('takes them from the thread that it says they are of', async () => {
      await current().saveAttachment({ ...file, thread_id: 't2' }, ANNA);
      await current().addUserMessage('t1', message, ANNA, { from: new Map([['a2', 't2']]) });
      expect(await current().loadAttachments(['a1', 'a2'], ANNA)).toEqual(message.attachments);
    });

    it('comes with the thread that it begins', async () => {
      const begun = { ...message, thread_id: 't3' };
      await current().createThread(thread('t3'), begun, ANNA, new Map([['a2', 't2']]));
      expect(await current().loadThreadWithItems('t3', 9, ANNA)).toMatchObject({
        thread: thread('t3'),
        items: { data: [begun], has_more: false },
      });
      expect(await current().loadAttachments(['a1', 'a2'], ANNA)).toEqual(begun.attachments);
    });

    it('does not leave the thread behind that it was to begin', async () => {
      await current().saveAttachment({ ...file, thread_id: 't2' }, ANNA);
      await expect(current().createThread(thread('t3'), message, ANNA)).rejects.toThrow(MISSING);
      await expect(current().loadThread('t3', ANNA)).rejects.toThrow(NotFoundError);
      expect(await current().loadAttachment('a1', ANNA)).toEqual(image);
    });

    it('gets them alone when another thread claims them at the same moment', async () => {
      const attachments = message.attachments.map((one) => Object.assign({}, one, { thread_id: 't2' }));
      const other = { ...message, id: 'm2', thread_id: 't2', attachments };
      const [first, second] = await Promise.allSettled([
        current().addUserMessage('t1', message, ANNA),
        current().addUserMessage('t2', other, ANNA),
      ]);
      expect([first.status, second.status].toSorted()).toEqual(['fulfilled', 'rejected']);
      const winner = first.status === 'fulfilled' ? message : other;
      for (const result of [first, second]) {
        if (result.status === 'rejected') expect(result.reason).toEqual(MISSING);
      }
      expect(await current().loadAttachments(['a1', 'a2'], ANNA)).toEqual(winner.attachments);
      expect([...(await itemsOf(current(), 't1')), ...(await itemsOf(current(), 't2'))]).toEqual([winner.id]);
    });

    it('is not kept when one of them is not there', async () => {
      await current().deleteAttachment('a2', ANNA);
      await expect(current().addUserMessage('t1', message, ANNA)).rejects.toThrow(MISSING);
      expect(await itemsOf(current())).toEqual([]);
      expect(await current().loadAttachment('a1', ANNA)).toEqual(image);
    });

    it('is not kept without its thread', async () => {
      await current().deleteThread('t1', ANNA);
      await expect(current().addUserMessage('t1', message, ANNA)).rejects.toThrow(NotFoundError);
    });

    it('takes them along when its thread is deleted', async () => {
      await current().addUserMessage('t1', message, ANNA);
      await current().deleteThread('t1', ANNA);
      await expect(current().loadAttachment('a1', ANNA)).rejects.toThrow(MISSING);
    });
  });
}

async function itemsOf(store: ReturnType<StoreUnderTest>, threadId = 't1'): Promise<string[]> {
  const page = await store.loadThreadItems(threadId, { limit: 9, order: 'asc' }, ANNA);
  return page.data.map(({ id }) => id);
}
