import { logFailure } from '../../lib/log';
import { settings } from '../../lib/settings';

const HEADERS = ['content-type', 'cache-control', 'etag', 'last-modified'];

/** The element's script from the backend, under an address of this application's own. */
export async function GET(request: Request): Promise<Response> {
  const known = request.headers.get('if-none-match');
  const answer = await fetch(new URL('/chatkit.js', settings().chatkitUrl), {
    headers: known === null ? {} : { 'if-none-match': known },
    cache: 'no-store',
    signal: request.signal,
  }).catch((error: unknown) => logFailure('The script of the chat could not be had', error));
  if (answer === undefined) return new Response(null, { status: 502 });
  const headers = HEADERS.flatMap((name): [string, string][] => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return new Response(answer.body, { status: answer.status, headers });
}
