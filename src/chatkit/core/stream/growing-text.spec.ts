import { GrowingText } from './growing-text.js';
import { ShownText, TextDelta } from './shown-text.js';

type Delta = Pick<TextDelta, 'type' | 'content_index' | 'delta'>;

const plain = (delta: string): Delta => ({
  type: 'assistant_message.content_part.text_delta',
  content_index: 0,
  delta,
});

function grownOf(pieces: readonly string[]): GrowingText {
  const text = new GrowingText();
  for (const piece of pieces) text.add(piece);
  return text;
}

describe('a text that grows', () => {
  it.each([1, 25, 5000])('is its pieces of %i characters, one behind the other', (length) => {
    const pieces = Array.from({ length: 3000 }, (_, at) => String(at).padEnd(length, 'ä'));
    const text = grownOf(pieces);
    expect([text.length, text.toString()]).toEqual([pieces.join('').length, pieces.join('')]);
  });

  it('keeps a character whose halves come in two pieces, wherever that is', () => {
    const text = '👋'.repeat(20_000);
    expect(grownOf(text.split('')).toString()).toBe(text);
  });

  it('says what it was before, and goes on growing after it was read', () => {
    const text = grownOf(['one', ' two']);
    expect(text.upTo(3)).toBe('one');
    text.add(' three');
    expect(text.toString()).toBe('one two three');
  });
});

describe('a text that is shown', () => {
  it('is as far as deltas have come, though their writer is ahead', () => {
    const text = new GrowingText();
    const [first, second] = [new TextDelta(0, 'one', text), new TextDelta(0, ' two', text)];
    const shown = new ShownText('');
    shown.add(first);
    expect(shown.toString()).toBe('one');
    shown.add(second);
    expect(shown.toString()).toBe('one two');
  });

  it.each<[string, (delta: Delta) => Delta]>([
    ['was replaced', (delta) => ({ ...delta, delta: ' TWO' })],
    ['was changed', (delta) => Object.assign(delta, { delta: ' TWO' })],
    ['was made anew', () => plain(' TWO')],
  ])('has what a delta says that %s on its way, and what follows', (_, change) => {
    const text = new GrowingText();
    const written = ['one', ' two', ' three'].map((delta) => new TextDelta(0, delta, text));
    const shown = new ShownText('');
    for (const [at, delta] of written.entries()) shown.add(at === 1 ? change(delta) : delta);
    expect(shown.toString()).toBe('one TWO three');
    expect(text.toString()).toBe('one two three');
  });

  it('has nothing of a delta that was left out', () => {
    const text = new GrowingText();
    const [first, , third] = ['one', ' two', ' three'].map((delta) => new TextDelta(0, delta, text));
    const shown = new ShownText('');
    for (const delta of [first, third]) if (delta !== undefined) shown.add(delta);
    expect(shown.toString()).toBe('one three');
  });

  it('goes on from a text that a part began with', () => {
    const shown = new ShownText('Well: ');
    shown.add(new TextDelta(0, 'one', new GrowingText()));
    shown.add(plain(' two'));
    expect(shown.toString()).toBe('Well: one two');
  });

  it('is written by deltas that are on the wire as all others', () => {
    expect(JSON.parse(JSON.stringify(new TextDelta(1, 'two', new GrowingText('one'))))).toEqual({
      ...plain('two'),
      content_index: 1,
    });
  });
});
