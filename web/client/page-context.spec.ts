import { getPageContext } from './page-context.js';

const names = ['document', 'window'] as const;

function heading(textContent: string): object {
  return { textContent };
}

function area(headings: object[]): object {
  return { querySelectorAll: () => headings };
}

/** A page by hand, with its article in place of everything else. */
interface Parts {
  readonly article?: object[];
  readonly main?: object[];
  readonly body: object[];
  readonly selection?: string;
  /** Put in front of every other text. */
  readonly before?: string;
}

function showPage({ before = '', ...parts }: Parts): void {
  Object.assign(globalThis, {
    document: {
      title: `  ${before}A   page `,
      body: area(parts.body),
      querySelector: (selector: string) => {
        if (selector.startsWith('meta')) return { getAttribute: () => `${before}What it is about` };
        const headings = { article: parts.article, main: parts.main }[selector];
        return headings ? area(headings) : null;
      },
    },
    window: {
      location: { href: `https://portal.test/a${before}?b#c`, pathname: `/a${before}` },
      getSelection: () => ({ toString: () => parts.selection ?? '' }),
    },
  });
}

afterEach(() => {
  for (const name of names) Reflect.deleteProperty(globalThis, name);
});

const now = (): Date => new Date('2026-01-02T03:04:05Z');

describe('The page context', () => {
  it('is nothing where there is no page', () => {
    expect(getPageContext()).toBeUndefined();
  });

  it('takes the first five headings of the article', () => {
    const article = ['One', ' ', 'Two', 'Three', 'Four', 'Five', 'Six'].map(heading);
    showPage({ article, body: [heading('Menu')], selection: ' some  words ' });
    expect(getPageContext({ now })).toEqual({
      url: 'https://portal.test/a',
      title: 'A page',
      path: '/a',
      description: 'What it is about',
      headings: ['One', 'Two', 'Three', 'Four', 'Five'],
      selection: 'some words',
      timestamp: '2026-01-02T03:04:05.000Z',
    });
  });

  it('has the query and the fragment of the address only where they are asked for', () => {
    showPage({ body: [] });
    expect(getPageContext()?.url).toBe('https://portal.test/a');
    expect(getPageContext({ query: true })?.url).toBe('https://portal.test/a?b#c');
  });

  it('falls back to the main part and then to the body', () => {
    showPage({ main: [heading('Main')], body: [heading('Menu')] });
    expect(getPageContext({ now })?.headings).toEqual(['Main']);
    showPage({ body: [heading('Menu')] });
    expect(getPageContext({ now })?.headings).toEqual(['Menu']);
  });

  it('cuts what is long', () => {
    showPage({ body: [heading('x'.repeat(500))], selection: 'y'.repeat(5_000), before: 'z'.repeat(5_000) });
    const { headings, ...texts } = getPageContext({ now }) ?? { headings: [] };
    expect(headings.map(({ length }) => length)).toEqual([200]);
    expect(Object.entries(texts).map(([name, text]) => [name, text?.length])).toEqual([
      ['url', 2_000],
      ['title', 300],
      ['path', 2_000],
      ['description', 1_000],
      ['selection', 2_000],
      ['timestamp', 24],
    ]);
  });
});
