const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Headers of pages made here: they run nothing, load only what this site serves, and are never stored.
 *
 * @param formTarget origin to which the answer to the page's form may lead, besides this site
 */
export function pageHeaders(formTarget = ''): Record<string, string> {
  const formAction = `form-action 'self' ${formTarget}`.trimEnd();
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': `default-src 'none'; style-src 'self'; img-src 'self' data:; ${formAction}; frame-ancestors 'none'; base-uri 'none'`,
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  };
}

/** Text made harmless for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/**
 * A whole page around a body.
 *
 * @param page.body HTML, already escaped
 * @param page.stylesheet path of a stylesheet on this site
 */
export function pageHtml(page: { title: string; body: string; stylesheet?: string }): string {
  const style =
    page.stylesheet === undefined ? '' : `<link rel="stylesheet" href="${escapeHtml(page.stylesheet)}">`;
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">' +
    `<title>${escapeHtml(page.title)}</title>${style}</head><body>${page.body}</body></html>`
  );
}
