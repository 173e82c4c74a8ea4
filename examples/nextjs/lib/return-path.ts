/** A path of this application, whatever was asked for: a sign-in must not lead to another site. */
export function returnPath(wanted: string | null): string {
  const here = 'http://here.invalid';
  const url = wanted?.startsWith('/') === true ? URL.parse(wanted, here) : null;
  return url === null || url.origin !== here ? '/' : `${url.pathname}${url.search}${url.hash}`;
}
