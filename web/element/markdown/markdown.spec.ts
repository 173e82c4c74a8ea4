import { GrowingMarkdown, lex } from './blocks.js';
import { placeMarks, sourcesOf, splitMarks } from './citations.js';
import { formulaAt } from './math.js';
import { decodeEntities } from './entities.js';
import { beginning } from './beginning.js';
import { plainText } from './plain.js';
import { judgeImage, readDeeplink, safeLink } from './safe-url.js';

const sample = [
  '# Title\n\nSome *words* and a [link][late].\n\n',
  '1. one\n2. two\n\n   still two\n3. three\n\n',
  '```js\nconst a = 1;\n\nconst b = 2;\n```\n\n',
  '| a | b |\n|---|---|\n| 1 | 2 |\n\n> quote\n> more\n\nSetext\n===\n\nend\n\n[late]: https://example.com\n',
].join('');

describe('Markdown that grows', () => {
  it('has, at every step, the blocks of a text read at once', () => {
    for (const step of [1, 3, 7]) {
      const growing = new GrowingMarkdown();
      for (let length = 0; length < sample.length; length += step) {
        const text = sample.slice(0, length);
        const raw = growing.read(text, false).map((token) => token.raw);
        expect(raw.join('')).toBe(
          lex(text)
            .map((token) => token.raw)
            .join(''),
        );
      }
      const complete = growing.read(sample, true);
      expect(complete.map((token) => [token.type, token.raw])).toEqual(
        lex(sample).map((token) => [token.type, token.raw]),
      );
    }
  });

  it('keeps the tokens of settled blocks', () => {
    const growing = new GrowingMarkdown();
    growing.read('one\n\ntwo\n\nthree\n\nfour', false);
    const [first] = growing.read('one\n\ntwo\n\nthree\n\nfour', false);
    expect(growing.read('one\n\ntwo\n\nthree\n\nfour and more', false)[0]).toBe(first);
  });

  it('keeps the tokens of what has not changed when it is complete', () => {
    const growing = new GrowingMarkdown();
    const before = growing.read('one\n\ntwo *and*', false);
    const after = growing.read('one\n\ntwo *and*\n\nthree', true);
    expect(after[0]).toBe(before[0]);
    expect(after[2]).toBe(before[2]);
    expect(after.map(({ raw }) => raw).join('')).toBe('one\n\ntwo *and*\n\nthree');
  });

  it('reads a link anew whose address comes last', () => {
    const growing = new GrowingMarkdown();
    const [before] = growing.read('see [that][1]\n\nmore\n\n', false);
    const [after] = growing.read('see [that][1]\n\nmore\n\n[1]: https://example.com\n', true);
    expect(JSON.stringify(before)).not.toContain('https://example.com');
    expect(JSON.stringify(after)).toContain('https://example.com');
    expect(after).not.toBe(before);
  });

  it('starts again when the text is no continuation', () => {
    const growing = new GrowingMarkdown();
    growing.read('one\n\ntwo\n\nthree\n\nfour', false);
    expect(growing.read('other', false).map((token) => token.raw)).toEqual(['other']);
  });

  it('survives nesting without end', () => {
    expect(lex('>'.repeat(20_000)).length).toBeGreaterThan(0);
  });
});

describe('Links', () => {
  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' \u0001javascript:alert(1)',
    'java\nscript:alert(1)',
    'vbscript:x',
    'data:text/html,<script>alert(1)</script>',
    'blob:https://example.com/x',
    'file:///etc/passwd',
    'about:blank',
    'http://[',
  ])('to %j are no links', (href) => {
    expect(safeLink(href, 'https://portal.test/')).toBeUndefined();
  });

  it.each(['https://a.test/', 'http://a.test/', 'mailto:a@b.test', 'tel:+123', 'chatkit-link://go', '/path'])(
    'to %j are',
    (href) => {
      expect(safeLink(href, 'https://portal.test/')).toBeDefined();
    },
  );

  it('into the application never fail for their spelling', () => {
    const url = safeLink('chatkit-link://%E0%A4%A');
    expect(url && readDeeplink(url)).toEqual({ name: '%E0%A4%A', data: {} });
  });

  it('into the application carry a name and data', () => {
    const url = safeLink('chatkit-link://open-cart?item=7&from=chat');
    expect(url && readDeeplink(url)).toEqual({ name: 'open-cart', data: { item: '7', from: 'chat' } });
    const odd = safeLink('chatkit-link://50%off?by=%zz');
    expect(odd && readDeeplink(odd)).toEqual({ name: '50%off', data: { by: '%zz' } });
  });
});

describe('Images', () => {
  const page = 'https://portal.test/here';

  it('from elsewhere wait for the user when no domains are given', () => {
    expect(judgeImage('https://cdn.test/a.png', undefined, page)).toMatchObject({
      kind: 'ask',
      host: 'cdn.test',
    });
  });

  it('come only from the domains that are given', () => {
    expect(judgeImage('https://img.cdn.test/a.png', ['cdn.test'], page).kind).toBe('show');
    expect(judgeImage('https://cdn.test.evil.test/a.png', ['cdn.test'], page).kind).toBe('refuse');
    expect(judgeImage('https://evilcdn.test/a.png', ['cdn.test'], page).kind).toBe('refuse');
  });

  it('of the page itself and image data always show; SVG data and plain http do not', () => {
    expect(judgeImage('/logo.png', undefined, page).kind).toBe('show');
    expect(judgeImage('data:image/png;base64,AA==', [], page).kind).toBe('show');
    expect(judgeImage('data:image/svg+xml,<svg/>', undefined, page).kind).toBe('refuse');
    expect(judgeImage('http://cdn.test/a.png', undefined, page).kind).toBe('refuse');
  });
});

describe('Citations', () => {
  const url = { type: 'url' as const, title: 'A', url: 'https://a.test/' };
  const file = { type: 'file' as const, title: 'B', filename: 'b.pdf' };

  it('are numbered once for each source and stand behind words and markup', () => {
    const text = 'Some **bold** words here. More.';
    const annotations = [
      { source: url, index: 10 },
      { source: file, index: 22 },
      { source: url, index: 31 },
    ];
    const sources = sourcesOf([{ text, annotations }]);
    expect(sources).toEqual([url, file]);
    expect(splitMarks(placeMarks(text, annotations, sources))).toEqual([
      'Some **bold**',
      1,
      ' words here',
      2,
      '. More.',
      1,
    ]);
  });

  it('never stand inside a block of code', () => {
    const text = 'See:\n\n```\ncode here\n```\nend';
    const marked = placeMarks(text, [{ source: url, index: 12 }], [url]);
    expect(splitMarks(marked)[0]).toBe('See:\n\n```\ncode here\n```\n\n');
    expect(lex(marked).map(({ type }) => type)).toEqual([
      'paragraph',
      'space',
      'code',
      'space',
      'paragraph',
      'space',
      'paragraph',
    ]);
  });

  it.each([
    ['a [few words](https://a.test/) more', 6, 'a [few words](https://a.test/)'],
    ['a `few words` more', 5, 'a `few words`'],
    ['| a | b |\n| - | - |\n| c | d |', 29, '| a | b |\n| - | - |\n| c | d'],
    ['see https://a.test/b/c more', 17, 'see https://a.test/b/c'],
  ])('stand behind what cannot be cut: %j at %i', (text, index, before) => {
    expect(splitMarks(placeMarks(text, [{ source: url, index }], [url]))[0]).toBe(before);
  });

  it('of one source at one place are one', () => {
    const twice = [1, 1].map((index) => ({ source: url, index }));
    expect(splitMarks(placeMarks('a b', twice, [url]))).toEqual(['a', 1, ' b']);
  });

  it('cannot be forged by the text itself', () => {
    expect(splitMarks(placeMarks('a\uE0001\uE001b', [], [url]))).toEqual(['a\uFFFD1\uFFFDb']);
  });
});

const kinds = (source: string): unknown =>
  lex(source).map((token) => [
    token.type,
    'tokens' in token ? token.tokens?.map(({ type }) => type) : undefined,
  ]);

describe('Formulas', () => {
  it.each([
    ['$x$', 'x'],
    ['$a_1 + \\$2$, so', 'a_1 + \\$2'],
    ['$100$', '100'],
    ['$$a\nb$$', 'a\nb'],
    ['\\(a (b)\\)', 'a (b)'],
    ['\\[ x \\] y', 'x'],
  ])('begin at %j', (text, tex) => {
    expect(formulaAt(text)?.tex).toBe(tex);
  });

  it.each([
    '$5 and $6',
    '$5-$6',
    '$5 or 6$',
    '$ x$',
    '$x $',
    '$x',
    '$$x',
    '$$a\n\nb$$',
    '\\(x',
    '\\[ \\] task',
    `$${'x'.repeat(5_000)}$`,
  ])('do not begin at %j', (text) => {
    expect(formulaAt(text)).toBeUndefined();
  });

  it('are blocks or parts of a line, and no part of code', () => {
    expect(kinds('So\n$$x$$\nend')).toEqual([
      ['paragraph', ['text']],
      ['math', undefined],
      ['paragraph', ['text']],
    ]);
    expect(kinds('a $x$ b `$y$`')).toEqual([['paragraph', ['text', 'math', 'text', 'codespan']]]);
  });

  it('are split the same while the text grows', () => {
    const source = 'One $a$ two.\n\n$$\n\\frac{1}{2}\n$$\n\nThree \\(b\\) and $5.\n\n\\[c\n\\]\n\nEnd.';
    const growing = new GrowingMarkdown();
    for (let length = 0; length <= source.length; length += 1) {
      const tokens = growing.read(source.slice(0, length), false);
      expect(tokens.map(({ type, raw }) => [type, raw])).toEqual(
        lex(source.slice(0, length)).map(({ type, raw }) => [type, raw]),
      );
    }
  });
});

describe('Words without markup', () => {
  it('are those of the text', () => {
    expect(plainText('# Hi\n\nSome **bold** and `code`.\n\n- a\n- b')).toBe('Hi Some bold and code. a b');
  });

  it('end with a sentence where they are cut', () => {
    expect(beginning('One sentence. Another sentence that is long.', 24)).toBe('One sentence.');
    expect(beginning('short', 24)).toBe('short');
  });

  it('have their character references decoded, and only those', () => {
    expect(decodeEntities('a &lt;b&gt; &amp;amp; &#x41; &#0; &unknown; &#99999999; &toString;')).toBe(
      'a <b> &amp; A &#0; &unknown; &#99999999; &toString;',
    );
  });
});
