import type { Page } from './admin-api.js';
import type { Pages } from './pages.js';

interface PagerProps {
  readonly label: string;
  readonly pages: Pages;
  readonly shown: Page<unknown>;
}

/** Leads through a list; is not there where all of it is shown. */
export function Pager({ label, pages, shown }: PagerProps) {
  if (pages.number === 1 && !shown.has_more) return null;
  return (
    <nav className="pager" aria-label={label}>
      <button type="button" className="button" disabled={pages.number === 1} onClick={pages.back}>
        Newer
      </button>
      <span aria-live="polite">Page {pages.number}</span>
      <button
        type="button"
        className="button"
        disabled={!shown.has_more}
        onClick={() => pages.next(shown.after)}
      >
        Older
      </button>
    </nav>
  );
}
