const MAX_LENGTH = 2048;

/**
 * A path of a site to return to, after a sign-in for instance, or undefined for anything that could lead elsewhere.
 * Backslashes and control characters are refused because browsers read `/\host` as `//host`. The React library has
 * this function too, so it imports nothing.
 *
 * @param text what was asked for: at most 2,048 characters of ASCII
 * @param publicUrl an address of the site
 */
export function returnPath(text: unknown, publicUrl: string): string | undefined {
  if (typeof text !== 'string' || text.length > MAX_LENGTH) return undefined;
  if (!text.startsWith('/') || text.startsWith('//') || !/^[\x21-\x5b\x5d-\x7e]+$/.test(text))
    return undefined;
  if (!URL.canParse(text, publicUrl)) return undefined;
  const target = new URL(text, publicUrl);
  if (target.origin !== new URL(publicUrl).origin) return undefined;
  const path = `${target.pathname}${target.search}${target.hash}`;
  // Resolving `/.//host` gives `//host`, which must not be handed to a browser either.
  return path.startsWith('//') ? undefined : path;
}
