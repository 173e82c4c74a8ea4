import { getPageContext } from './page-context.js';

const names = ['document', 'window'] as const;

function heading(textContent: string): object {
  return { textContent };
}

function area(headings: object[]): object {
  return { querySelectorAll: () => headings };
}

/** A page by hand, with its article in place of everything else. */
function showPage(parts: { article?: object[]; body: object[]; selection?: string }): void {
  Object.assign(globalThis, {
    document: {
      title: '  A   page ',
      body: area(parts.body),
      querySelector: (selector: string) => {
        if (selector.startsWith('meta')) return { getAttribute: () => 'What it is about' };
        return selector === 'article' && parts.article ? area(parts.article) : null;
      },
    },
    window: {
      location: { href: 'https://portal.test/a?b', pathname: '/a' },
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
    expect(getPageContext(now)).toEqual({
      url: 'https://portal.test/a?b',
      title: 'A page',
      path: '/a',
      description: 'What it is about',
      headings: ['One', 'Two', 'Three', 'Four', 'Five'],
      selection: 'some words',
      timestamp: '2026-01-02T03:04:05.000Z',
    });
  });

  it('falls back to the body and cuts what is long', () => {
    showPage({ body: [heading('x'.repeat(500))], selection: 'y'.repeat(5_000) });
    const context = getPageContext(now);
    expect(context?.headings[0]).toHaveLength(200);
    expect(context?.selection).toHaveLength(2_000);
  });
});
