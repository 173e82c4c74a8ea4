import type { StoreUnderTest } from './store-under-test.js';
import { ANNA, note, question, thread, toolCall } from './samples.js';

export function describeConcurrency(current: StoreUnderTest): void {
  describe('several writers on one thread', () => {
    beforeEach(async () => {
      await current().saveThread(thread('t1'), ANNA);
    });

    it('lose nothing, and read one order ever after', async () => {
      const all = Array.from({ length: 100 }, (_, index) => `i${index}`);
      await Promise.all(all.map((id) => current().addThreadItem('t1', note(id), ANNA)));
      const first = await walk();
      expect(first.toSorted()).toEqual(all.toSorted());
      expect(await walk()).toEqual(first);
    });

    it('keep each writer’s items in that writer’s order', async () => {
      await Promise.all(['a', 'b', 'c'].map(write));
      const seen = await walk();
      for (const name of ['a', 'b', 'c']) {
        const own = seen.filter((id) => id.startsWith(name));
        expect(own).toHaveLength(20);
        expect(own).toEqual(own.toSorted());
      }
    });

    it('do not disturb a reader who pages through what was there before', async () => {
      const before = Array.from({ length: 20 }, (_, index) => `old${10 + index}`);
      for (const id of before) await current().addThreadItem('t1', note(id), ANNA);
      const [seen] = await Promise.all([
        walk('desc'),
        ...Array.from({ length: 40 }, (_, index) => current().addThreadItem('t1', note(`new${index}`), ANNA)),
      ]);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((id) => id.startsWith('old'))).toEqual(before.toReversed());
    });

    it('change it without undoing what another has changed', async () => {
      const keys = Array.from({ length: 20 }, (_, index) => `k${index}`);
      await Promise.all([
        current().nameThread('t1', 'named', ANNA),
        ...keys.map((key) =>
          current().updateThread(
            't1',
            (stored) => ({ ...stored, metadata: { ...stored.metadata, [key]: key } }),
            ANNA,
          ),
        ),
      ]);
      const metadata = Object.fromEntries(keys.map((key) => [key, key]));
      expect(await current().loadThread('t1', ANNA)).toMatchObject({ title: 'named', metadata });
    });

    it('give it one title', async () => {
      const titles = ['one', 'two', 'three', 'four'];
      const named = await Promise.all(
        titles.map((title, index) =>
          index % 2 === 0
            ? current().nameThread('t1', title, ANNA)
            : current().addItemAndName('t1', note(title), title, ANNA),
        ),
      );
      const won = named.find((each) => each !== undefined);
      expect(named.filter((each) => each === undefined)).toHaveLength(3);
      expect(await current().loadThread('t1', ANNA)).toEqual(won);
      expect((await walk()).toSorted()).toEqual(['four', 'two']);
    });

    it('complete a tool call once', async () => {
      await current().addThreadItem('t1', toolCall('call'), ANNA);
      const outcomes = await Promise.allSettled(
        [1, 2, 3].map((output) => current().completeClientToolCall('t1', output, ANNA)),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('truncate and add without leaving what should be gone', async () => {
      await current().addThreadItem('t1', question('q'), ANNA);
      await current().addThreadItem('t1', note('a'), ANNA);
      await Promise.all([
        current().truncateAfterUserMessage('t1', 'q', ANNA),
        current().saveThread(thread('t1', { title: 'changed meanwhile' }), ANNA),
      ]);
      expect(await walk()).toEqual(['q']);
      expect(await current().loadThread('t1', ANNA)).toMatchObject({ title: 'changed meanwhile' });
    });
  });

  async function write(name: string): Promise<void> {
    for (let count = 10; count < 30; count += 1) {
      await current().addThreadItem('t1', note(`${name}${count}`), ANNA);
    }
  }

  async function walk(order: 'asc' | 'desc' = 'asc'): Promise<string[]> {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await current().loadThreadItems('t1', { limit: 7, order, after }, ANNA);
      seen.push(...page.data.map(({ id }) => id));
      after = page.after;
    } while (after !== undefined);
    return seen;
  }
}
