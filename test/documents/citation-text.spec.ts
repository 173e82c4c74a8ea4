import { CitationText } from '../../src/retrieval/citation-text.js';

/** What comes out when a text comes in parts. */
function shown(parts: readonly string[]): { text: string; cited: readonly object[] } {
  const citations = new CitationText();
  const pieces = [...parts.map((part) => citations.push(part)), citations.end()];
  return { text: pieces.map(({ text }) => text).join(''), cited: pieces.flatMap(({ cited }) => cited) };
}

const CASES: readonly (readonly [string, string, readonly (readonly [number, number])[]])[] = [
  [
    'Open at 9.【1】 Closed at 6.【2】',
    'Open at 9. Closed at 6.',
    [
      [1, 10],
      [2, 23],
    ],
  ],
  ['a space before goes, too 【3】.', 'a space before goes, too.', [[3, 24]]],
  [
    'several【1】【2】 or together 【1, 12】',
    'several or together',
    [
      [1, 7],
      [2, 7],
      [1, 19],
      [12, 19],
    ],
  ],
  ['as some models write【4†source】', 'as some models write', [[4, 20]]],
  ['no marker: 【重要】 and 【', 'no marker: 【重要】 and 【', []],
  ['too long 【1†' + 'x'.repeat(80) + '】', 'too long 【1†' + 'x'.repeat(80) + '】', []],
  ['twice opened 【【1】', 'twice opened 【', [[1, 14]]],
  ['ends with a space ', 'ends with a space ', []],
];

describe('markers of citations', () => {
  it.each(CASES)('are taken out of “%s”, with their places', (given, text, cited) => {
    const expected = { text, cited: cited.map(([number, index]) => ({ number, index })) };
    expect(shown([given])).toEqual(expected);
    expect(shown(given.split(''))).toEqual(expected);
    for (let cut = 0; cut <= given.length; cut += 1) {
      expect(shown([given.slice(0, cut), given.slice(cut)])).toEqual(expected);
    }
  });

  it('hold back nothing but an unfinished one', () => {
    const citations = new CitationText();
    expect(citations.push('Nine to five').text).toBe('Nine to five');
    expect(citations.push(', daily 【').text).toBe(', daily');
    expect(citations.push('1').text).toBe('');
    expect(citations.push('】 and').text).toBe(' and');
    expect(citations.push(' 【x').text).toBe(' 【x');
  });

  it('tell where a place of the whole text has gone', () => {
    const citations = new CitationText();
    citations.push('ab 【1】cd【2】ef');
    expect([0, 2, 6, 8, 11, 13].map((place) => citations.placeOf(place))).toEqual([0, 2, 2, 4, 4, 6]);
  });
});
