import { BoundedMap } from '../../common/bounded-map.js';

const MAX_HEADER_LENGTH = 1000;
const MAX_RANGES = 20;
/** A browser sends the same header with each request. */
const MAX_HEADERS = 500;
const preferred = new BoundedMap<string, { readonly tag: string | undefined }>(MAX_HEADERS);

/** The canonical form of a BCP-47 tag, or undefined for what is none. */
export function languageTag(text: string | undefined): string | undefined {
  // OpenID providers in the wild also write `de_DE`.
  const tag = text?.trim().replaceAll('_', '-');
  if (tag === undefined || tag === '' || tag.length > 35) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

interface Range {
  readonly tag: string | undefined;
  readonly quality: number;
}

function range(text: string): Range {
  const [tag, ...parameters] = text.split(';');
  const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/i.exec(parameter)?.[1]).find(Boolean);
  const quality = weight === undefined ? 1 : Number(weight);
  return { tag: tag?.trim() === '*' ? undefined : languageTag(tag), quality: quality <= 1 ? quality : 0 };
}

/** The language an `Accept-Language` header likes best, in canonical form; undefined when it names none. */
export function preferredLanguage(header: string | undefined): string | undefined {
  if (header === undefined || header.length > MAX_HEADER_LENGTH) return undefined;
  const known = preferred.get(header) ?? { tag: bestOf(header) };
  preferred.set(header, known);
  return known.tag;
}

function bestOf(header: string): string | undefined {
  let best: Range | undefined;
  for (const candidate of header.split(',').slice(0, MAX_RANGES).map(range)) {
    if (candidate.tag === undefined || candidate.quality <= 0) continue;
    if (best === undefined || candidate.quality > best.quality) best = candidate;
  }
  return best?.tag;
}
