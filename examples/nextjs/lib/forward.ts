import 'server-only';

/** What may be told to the backend of what the browser said. */
const REQUEST_HEADERS = [
  'accept',
  'accept-language',
  'chatkit-frame-instance-id',
  'content-type',
  'x-page-url',
  'x-user-id',
];
const RESPONSE_HEADERS = ['content-type', 'retry-after', 'x-correlation-id'];

/** Sends a request on to the endpoint with the member's token; leaving the page ends it there too. */
export function forward(
  endpoint: URL,
  request: Request,
  body: Uint8Array<ArrayBuffer>,
  accessToken: string,
): Promise<Response> {
  const headers = new Headers({ authorization: `Bearer ${accessToken}` });
  copy(request.headers, headers, REQUEST_HEADERS);
  return fetch(endpoint, {
    method: 'POST',
    headers,
    body,
    signal: request.signal,
    cache: 'no-store',
    redirect: 'manual',
  });
}

/** The backend's answer as it comes, piece by piece. */
export function passOn(answer: Response): Response {
  const headers = new Headers({ 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' });
  copy(answer.headers, headers, RESPONSE_HEADERS);
  return new Response(answer.body, { status: answer.status, headers });
}

/** Whether the address is that of a ChatKit endpoint: it takes POST, and says so when asked. */
export async function isEndpoint(url: URL): Promise<boolean> {
  const answer = await fetch(url, { method: 'OPTIONS', cache: 'no-store', redirect: 'manual' });
  await answer.body?.cancel();
  return answer.ok && /\bPOST\b/.test(answer.headers.get('allow') ?? '');
}

/** An error in the form in which the backend tells its own. */
export function refusal(status: number, code: string, message: string): Response {
  return Response.json({ error: { code, message } }, { status, headers: { 'cache-control': 'no-store' } });
}

function copy(from: Headers, to: Headers, names: readonly string[]): void {
  for (const name of names) {
    const value = from.get(name);
    if (value !== null) to.set(name, value);
  }
}
