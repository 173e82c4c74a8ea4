import { Lexer } from 'marked';
import type { Token, Tokens } from 'marked';
import { array, assert, constantFrom, oneof, property, tuple } from 'fast-check';
import { GrowingMarkdown, lex } from './blocks.js';
import { placeMarks, splitMarks } from './citations.js';
import { SCRIPT_SAMPLES } from './corpus.js';
import { directionOf } from './direction.js';
import { insideOf } from './inside.js';
import { plainText } from './plain.js';

/** All tokens within these, each before what is inside of it. */
function everyToken(tokens: readonly Token[]): readonly Token[] {
  return tokens.flatMap((token) => [token, ...everyToken(insideOf(token))]);
}

const of = (text: string, type: string): readonly Token[] =>
  everyToken(lex(text)).filter((token) => token.type === type);
const shape = ({ type, raw }: Token): readonly string[] => [type, raw];
const emphasised = (tokens: readonly Token[]): readonly unknown[] =>
  everyToken(tokens)
    .filter(({ type }) => ['em', 'strong', 'paragraph'].includes(type))
    .map(shape);
const textsOf = (text: string, type: string): readonly string[] =>
  of(text, type).map((token) => plainText(token.raw.replace(/^[*~_]+|(?<![*~_])[*~_]+$/g, '')));
const linksOf = (text: string): readonly string[] =>
  of(text, 'link').map((token) => (token as Tokens.Link).href);

describe.each(SCRIPT_SAMPLES)('An answer in $language', ({ text, bold, struck, links, direction }) => {
  it('has the right words bold, struck out and linked', () => {
    expect(textsOf(text, 'strong')).toEqual(bold);
    expect(textsOf(text, 'del')).toEqual(struck);
    expect(linksOf(text)).toEqual(links);
    expect(plainText(text)).not.toMatch(/[*~]|<br/);
  });

  it('is split the same while it grows', () => {
    const growing = new GrowingMarkdown();
    for (let length = 0; length <= text.length; length += 1) {
      const start = text.slice(0, length);
      expect(growing.read(start, false).map(shape)).toEqual(lex(start).map(shape));
    }
  });

  it('has blocks that begin on its side', () => {
    const found = lex(text)
      .map(directionOf)
      .filter((side) => side !== undefined);
    expect([...new Set(found)]).toEqual([direction]);
  });

  it('is marked up the same beside the number of a source', () => {
    const source = { type: 'url' as const, title: 'A', url: 'https://a.test/' };
    const words = bold[0] ?? '';
    const marked = placeMarks(text, [{ source, index: text.indexOf(words) + words.length }], [source]);
    expect(splitMarks(marked)).toContain(1);
    expect(textsOf(marked, 'strong')).toHaveLength(bold.length);
  });
});

describe('Emphasis', () => {
  // what CommonMark says of runs of delimiters
  it.each([
    ['*a*b**c**', ['em', 'strong']],
    ['a*"foo"*', []],
    ['**foo*bar**', ['strong']],
    ['***a** b*', ['em', 'strong']],
    ['***a* b**', ['strong', 'em']],
    ['*a **b**c d*', ['em', 'strong']],
    ['*foo**bar*', ['em']],
    ['foo_bar_baz', []],
    ['**"a"**b', []],
    ['_(a)_.', ['em']],
    ['* a *', []],
    ['**a `**` b**', ['strong']],
    ['*a [*](b) c*', ['em']],
    ['пристаням_стремятся_', []],
  ] as const)('in plain writing is that of CommonMark: %j', (text, types) => {
    const found = everyToken(lex(text)).map(({ type }) => type);
    expect(found.filter((type) => ['em', 'strong'].includes(type))).toEqual(types);
  });

  it('of well-formed Latin text is what the parser alone would find', () => {
    const word = constantFrom('ab', 'c', 'de.', '(f)', '"g"', 'ö', '`h`', '7');
    const piece = oneof(
      word,
      tuple(constantFrom('*', '**', '_', '__'), word).map(([mark, inside]) => `${mark}${inside}${mark}`),
    );
    const line = array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(' '));
    assert(
      property(line, (text) => {
        expect(emphasised(lex(text))).toEqual(emphasised(new Lexer({ gfm: true }).lex(text)));
      }),
    );
  });

  it('takes a time that grows with the text alone', () => {
    for (const part of ['**a_', '~a~~ ', '*重*点_']) {
      const began = performance.now();
      lex(part.repeat(4_000));
      expect(performance.now() - began).toBeLessThan(5_000);
    }
  });
});

describe('A bare address', () => {
  it.each(
    '。 ， 、 ； ： ？ ！ （ ） 「 」 『 』 【 】 《 》 〈 〉 ” ’ » « “ ‘ … — ｡ ｜ ～ ؟ ، ؛ ।'.split(' '),
  )('ends before %s', (mark) => {
    expect(linksOf(`见 https://example.com/docs${mark}说明`)).toEqual(['https://example.com/docs']);
    expect(linksOf(`www.example.com/a${mark}`)).toEqual(['http://www.example.com/a']);
    expect(linksOf(`https://example.com/docs.${mark}`)).toEqual(['https://example.com/docs']);
  });

  it.each([
    ['https://example.com了解', 'https://example.com'],
    ['https://example.com:8080에서', 'https://example.com:8080'],
    ['https://zh.wikipedia.org/wiki/乔治·华盛顿', 'https://zh.wikipedia.org/wiki/乔治·华盛顿'],
    ['https://de.wikipedia.org/wiki/Größe_(Physik)', 'https://de.wikipedia.org/wiki/Größe_(Physik)'],
    ['https://en.wikipedia.org/wiki/A–B', 'https://en.wikipedia.org/wiki/A–B'],
    ['https://www.例え.jp/a', 'https://www.例え.jp/a'],
    ['https://example.com/a_b~c?d=e,f#g.', 'https://example.com/a_b~c?d=e,f#g'],
  ])('keeps what is its own: %j', (text, href) => {
    expect(linksOf(text)).toEqual([href]);
  });
});

describe('A line break', () => {
  it.each(['<br>', '<br/>', '<br />', '<BR>'])(
    'written as %s is one, in cells, paragraphs and alone',
    (tag) => {
      expect(plainText(`| a | b |\n|---|---|\n| **c**${tag}d | e |`)).toBe('a, b. c d, e');
      expect(plainText(`a${tag}b`)).toBe('a b');
      expect(lex(`${tag}\nSome **bold** words`).map(({ type }) => type)).toEqual(['paragraph']);
      expect(of(`${tag}\nSome **bold** words`, 'strong')).toHaveLength(1);
    },
  );

  it.each(['<br onclick=alert(1)>', '<hr>', '<b>', '<br', '<brx>'])('is no other tag: %s', (tag) => {
    expect(plainText(`a ${tag} b`)).toBe(`a ${tag} b`);
  });
});

describe('A formula above a line of dashes', () => {
  it.each([
    ['$$x$$\n---\nend', ['math', 'hr', 'paragraph']],
    ['$$\nx\n$$\n---', ['math', 'hr']],
    ['So\n$$x$$\n---', ['paragraph', 'math', 'hr']],
    ['So\n\\[x\\]\n---', ['paragraph', 'math', 'hr']],
    ['$x$\n---\nend', ['paragraph', 'hr', 'paragraph']],
    ['\\(x\\)\n---', ['paragraph', 'hr']],
    ['So:\n$x$\n---', ['paragraph', 'hr']],
    ['> $$x$$\n---', ['blockquote', 'hr']],
    ['- $$x$$\n---', ['list', 'hr']],
  ])('is one above a rule: %j', (text, types) => {
    expect(lex(text).map(({ type }) => type)).toEqual(types);
    expect(of(text, 'math')).toHaveLength(1);
  });

  it.each(['Title\n---', 'Costs $5\n---', 'The energy $x$ of it\n---', '$x$\n==='])(
    'leaves headings: %j',
    (text) => {
      expect(lex(text).map(({ type }) => type)).toEqual(['heading']);
    },
  );
});
