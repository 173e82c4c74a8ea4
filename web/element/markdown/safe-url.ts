const LINK_PROTOCOLS = new Set(['http:', 'https:', 'mailto:', 'tel:', 'chatkit-link:']);
const IMAGE_DATA = /^data:image\/(?:png|jpe?g|gif|webp|avif)[;,]/i;

function parse(value: string, base: string | undefined): URL | undefined {
  try {
    return new URL(value, base);
  } catch {
    return undefined;
  }
}

/** The address of a link if it is of an allowed kind; everything else is not a link. */
export function safeLink(value: string, base?: string): URL | undefined {
  const url = parse(value.trim(), base);
  return url && LINK_PROTOCOLS.has(url.protocol) ? url : undefined;
}

export type ImageVerdict =
  | { readonly kind: 'show'; readonly src: string }
  | { readonly kind: 'ask'; readonly src: string; readonly host: string }
  | { readonly kind: 'refuse' };

function matches(host: string, domain: string): boolean {
  const wanted = domain.toLowerCase().replace(/^\*?\./, '');
  return wanted !== '' && (host === wanted || host.endsWith(`.${wanted}`));
}

/**
 * Whether an image may load. Image data and the page's own images always may. With a list of domains, only
 * those; without one, an image from elsewhere loads when the user asks, because an address that a model
 * wrote can carry the conversation away.
 */
export function judgeImage(
  value: string,
  domains: readonly string[] | undefined,
  base?: string,
): ImageVerdict {
  const source = value.trim();
  if (IMAGE_DATA.test(source)) return { kind: 'show', src: source };
  const url = parse(source, base);
  if (!url) return { kind: 'refuse' };
  if (base !== undefined && url.origin === parse(base, undefined)?.origin)
    return { kind: 'show', src: url.href };
  if (url.protocol !== 'https:') return { kind: 'refuse' };
  if (!domains) return { kind: 'ask', src: url.href, host: url.host };
  const allowed = domains.some((domain) => matches(url.hostname.toLowerCase(), domain));
  return allowed ? { kind: 'show', src: url.href } : { kind: 'refuse' };
}

/** The name and data of a `chatkit-link://name?key=value` address. */
export function readDeeplink(url: URL): { name: string; data: Record<string, string> } {
  const name = decoded(url.host || url.pathname.replace(/^\/+/, ''));
  return { name, data: Object.fromEntries(url.searchParams) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
