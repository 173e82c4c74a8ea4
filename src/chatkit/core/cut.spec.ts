import * as fc from 'fast-check';
import { cut } from './cut.js';

describe('A text that is cut', () => {
  it('is the beginning of the text, no longer than allowed and never ends in half a character', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(text, fc.nat(40), (given, max) => {
        const short = cut(given, max);
        expect(given.startsWith(short)).toBe(true);
        expect(short.isWellFormed()).toBe(true);
        expect(short.length).toBeGreaterThanOrEqual(Math.min(given.length, max - 1));
        expect(short.length).toBeLessThanOrEqual(max);
      }),
    );
  });

  it('has a replacement for half a character that was there before', () => {
    expect([cut('a\uD83Db', 9), cut('a\uDE00b', 2), cut('ab\uD83D', 3)]).toEqual(['a�b', 'a�', 'ab�']);
  });
});
