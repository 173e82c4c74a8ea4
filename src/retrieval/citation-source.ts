import type { Annotation } from '../chatkit/core/index.js';
import type { Passage } from './retriever.js';

/** What a citation of the passage shows: a page of the web where it has an address, else a file. */
export function sourceOf({ title, url, filename }: Passage): Annotation['source'] {
  return url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url)
    ? { type: 'url', title, url }
    : { type: 'file', title, filename: filename ?? title };
}
