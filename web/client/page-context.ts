/** What is on the user's screen, for the assistant. Every text is cut to a bounded length. */
export interface PageContext {
  readonly url: string;
  readonly title: string;
  readonly path: string;
  readonly description?: string | undefined;
  readonly headings: readonly string[];
  readonly selection?: string | undefined;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
}

const MAX_URL = 2_000;
const MAX_TITLE = 300;
const MAX_DESCRIPTION = 1_000;
const MAX_HEADINGS = 5;
const MAX_HEADING = 200;
const MAX_SELECTION = 2_000;

function clean(text: string | null | undefined, limit: number): string {
  return (text ?? '').replace(/\s+/g, ' ').trim().slice(0, limit);
}

function headingsOf(page: Document): readonly string[] {
  const area = page.querySelector('article') ?? page.querySelector('main') ?? page.body;
  const found = area ? [...area.querySelectorAll('h1, h2, h3')] : [];
  return found
    .map((heading) => clean(heading.textContent, MAX_HEADING))
    .filter((heading) => heading !== '')
    .slice(0, MAX_HEADINGS);
}

/** What is told of the page, and when. */
export interface PageContextOptions {
  /** Whether the address keeps its query and fragment, which may hold tokens. Default: false. */
  readonly query?: boolean;
  /** Default: the time now. */
  readonly now?: () => Date;
}

/**
 * Describes the page as it is now: address, title, description, the first five headings of its article,
 * main part or body, and what is selected.
 *
 * @returns undefined where there is no page, as during server rendering
 */
export function getPageContext({ query, now = () => new Date() }: PageContextOptions = {}):
  PageContext | undefined {
  if (typeof document === 'undefined') return undefined;
  const meta = document.querySelector('meta[name="description"]')?.getAttribute('content');
  const { href, pathname } = window.location;
  return {
    url: clean(query ? href : href.replace(/[?#].*/, ''), MAX_URL),
    title: clean(document.title, MAX_TITLE),
    path: clean(pathname, MAX_URL),
    description: clean(meta, MAX_DESCRIPTION) || undefined,
    headings: headingsOf(document),
    selection: clean(window.getSelection()?.toString(), MAX_SELECTION) || undefined,
    timestamp: now().toISOString(),
  };
}
