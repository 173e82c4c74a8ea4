import { useEffect } from 'react';

/** Keeps the document's title and description those of the page shown. */
export function usePageMeta(title: string, site: string, description: string): void {
  useEffect(() => {
    document.title = `${title} · ${site}`;
    document.querySelector('meta[name="description"]')?.setAttribute('content', description);
  }, [title, site, description]);
}
