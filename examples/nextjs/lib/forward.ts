import 'server-only';
import { logFailure } from './log';

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
/** Of a file as it was uploaded, which must not become a page of this application. */
const FILE_HEADERS = [
  'cache-control',
  'content-disposition',
  'content-length',
  'content-security-policy',
  'x-content-type-options',
];

/** Sends a request on with the member's token; leaving the page ends it there too. */
export function forward(
  target: URL,
  request: Request,
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null,
  accessToken: string,
): Promise<Response> {
  const headers = new Headers({ authorization: `Bearer ${accessToken}` });
  // of a file that is sent while it comes, the backend wants to know the size before
  const sized = body instanceof ReadableStream ? ['content-length'] : [];
  copy(request.headers, headers, [...REQUEST_HEADERS, ...sized]);
  return fetch(target, {
    method: request.method,
    headers,
    body,
    ...(body instanceof ReadableStream && { duplex: 'half' as const }),
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

/** A file of the backend's, with what it says of it. */
export function passFileOn(answer: Response): Response {
  const headers = new Headers();
  copy(answer.headers, headers, [...RESPONSE_HEADERS, ...FILE_HEADERS]);
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

export function signedOut(): Response {
  return refusal(401, 'unauthorized', 'Sign in to use the chat');
}

/** The cause stays here; it holds addresses, but no token. */
export function failed(request: Request, error: unknown): Response {
  if (request.signal.aborted) return new Response(null, { status: 499 });
  logFailure('The chat could not be reached', error);
  return refusal(502, 'chat_unreachable', 'The chat cannot be reached at the moment');
}

function copy(from: Headers, to: Headers, names: readonly string[]): void {
  for (const name of names) {
    const value = from.get(name);
    if (value !== null) to.set(name, value);
  }
}
