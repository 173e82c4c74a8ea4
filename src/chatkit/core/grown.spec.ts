import { grown } from './grown.js';

describe('a text that grows', () => {
  it.each([1, 25, 5000])('is its pieces of %i characters, one behind the other', (length) => {
    const pieces = Array.from({ length: 3000 }, (_, at) => String(at).padEnd(length, 'ä'));
    expect(pieces.reduce(grown, '')).toBe(pieces.join(''));
  });

  it('keeps a character whose halves come in two pieces, wherever that is', () => {
    const text = '👋'.repeat(20_000);
    expect(text.split('').reduce(grown, '')).toBe(text);
  });
});
