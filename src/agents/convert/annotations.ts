import type { Annotation } from '../../chatkit/core/index.js';

function isWebAddress(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value);
}

function offset(value: unknown): Pick<Annotation, 'index'> {
  return Number.isInteger(value) ? { index: value as number } : {};
}

function file(filename: unknown, index: unknown): Annotation | undefined {
  if (typeof filename !== 'string' || filename === '') return undefined;
  return { type: 'annotation', source: { type: 'file', title: filename, filename }, ...offset(index) };
}

/**
 * A citation of the Responses API as an annotation; undefined for kinds that have no counterpart, for
 * files without a name and for addresses that are none of the web.
 */
export function toAnnotation(given: unknown): Annotation | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const citation: Readonly<Record<string, unknown>> = { ...given };
  switch (citation['type']) {
    case 'url_citation': {
      const { url, title, end_index: end } = citation;
      if (!isWebAddress(url)) return undefined;
      const name = typeof title === 'string' ? title : url;
      return { type: 'annotation', source: { type: 'url', title: name, url }, ...offset(end) };
    }
    case 'file_citation':
      return file(citation['filename'], citation['index']);
    case 'container_file_citation':
      return file(citation['filename'], citation['end_index']);
    default:
      return undefined;
  }
}
