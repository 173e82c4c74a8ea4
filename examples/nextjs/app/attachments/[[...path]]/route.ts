import type { NextRequest } from 'next/server';
import { AccessToken } from '../../../lib/access-token';
import { atMost, TooLargeError } from '../../../lib/at-most';
import { failed, forward, passFileOn, passOn, refusal, signedOut } from '../../../lib/forward';
import { openSession } from '../../../lib/session';
import { settings } from '../../../lib/settings';

interface Place {
  readonly params: Promise<{ readonly path?: string[] }>;
}

/** A file as a form: to `/attachments` for whoever is signed in, or to an address that the backend has signed. */
export const POST = upload;
/** A file as it is, to an address that the backend has signed. */
export const PUT = upload;

/** An image, at an address that the backend has signed. */
export async function GET(request: NextRequest, { params }: Place): Promise<Response> {
  const target = targetOf(request, (await params).path ?? []);
  if (target === undefined) return unknown();
  const session = await openSession();
  if (session.tokens === undefined) return signedOut();
  try {
    const token = await new AccessToken(session, session.tokens).fresh();
    return passFileOn(await forward(target, request, null, token));
  } catch (error) {
    return failed(request, error);
  }
}

/** Passed on while it comes, so it cannot be sent a second time: its token is renewed before. */
async function upload(request: NextRequest, { params }: Place): Promise<Response> {
  const { appUrl, maxUploadBytes } = settings();
  if (request.headers.get('origin') !== appUrl) {
    return refusal(403, 'forbidden', 'Files are taken from pages of this application only');
  }
  const target = targetOf(request, (await params).path ?? []);
  if (target === undefined || request.body === null) return unknown();
  const session = await openSession();
  if (session.tokens === undefined) return signedOut();
  if (Number(request.headers.get('content-length') ?? 0) > maxUploadBytes) return tooLarge();
  try {
    const token = await new AccessToken(session, session.tokens).fresh();
    const file = request.body.pipeThrough(atMost(maxUploadBytes));
    return passOn(await forward(target, request, file, token));
  } catch (error) {
    return isTooLarge(error) ? tooLarge() : failed(request, error);
  }
}

/** The backend's address of the same path; undefined for any that is none of attachments. */
function targetOf({ method, nextUrl }: NextRequest, [id, what, ...rest]: string[]): URL | undefined {
  const { chatkitUrl } = settings();
  if (id === undefined) return method === 'POST' ? new URL('/attachments', chatkitUrl) : undefined;
  if (what !== (method === 'GET' ? 'preview' : 'upload') || rest.length > 0) return undefined;
  const target = new URL(`/attachments/${encodeURIComponent(id)}/${what}`, chatkitUrl);
  target.searchParams.set('token', nextUrl.searchParams.get('token') ?? '');
  return target;
}

/** Sending tells of what broke its stream off as a cause. */
function isTooLarge(error: unknown): boolean {
  return error instanceof TooLargeError || (error instanceof Error && error.cause instanceof TooLargeError);
}

function tooLarge(): Response {
  return refusal(413, 'payload_too_large', 'The file is too large');
}

function unknown(): Response {
  return refusal(404, 'not_found', 'There is nothing here');
}
