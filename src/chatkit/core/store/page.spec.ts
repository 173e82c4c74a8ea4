import { megabytesKept } from '../../../../test/support/old-generation.js';
import { TextPage } from './page.js';

describe('a page of text', () => {
  it('takes its text along when it goes', () => {
    const kept = megabytesKept(() => {
      for (let at = 0; at < 20_000; at += 1) {
        const entries = Array.from({ length: 1000 }, () => at);
        const page = new TextPage({ entries: () => entries, shown: '1', has_more: false });
        expect(page.has_more).toBe(false);
      }
    });
    expect(kept).toBeLessThan(30);
  });
});
