import type { NextRequest } from 'next/server';
import { beginSignIn } from '../../../../lib/provider';
import { returnPath } from '../../../../lib/return-path';
import { openPendingSignIn } from '../../../../lib/session';

/** Sends the browser to the identity provider. `return_to` is the page to come back to. */
export async function GET(request: NextRequest): Promise<Response> {
  const { url, pending } = await beginSignIn();
  const remembered = await openPendingSignIn();
  Object.assign(remembered, pending, { returnTo: returnPath(request.nextUrl.searchParams.get('return_to')) });
  await remembered.save();
  return Response.redirect(url, 303);
}
