import type { NextRequest } from 'next/server';
import { returnPath } from 'nestjs-chatkit-react/return-path';
import { beginSignIn } from '../../../../lib/provider';
import { openPendingSignIn } from '../../../../lib/session';
import { settings } from '../../../../lib/settings';

/** Sends the browser to the identity provider. `return_to` is the page to come back to. */
export async function GET(request: NextRequest): Promise<Response> {
  const { url, pending } = await beginSignIn();
  const remembered = await openPendingSignIn();
  // a sign-in must not lead to another site
  const returnTo = returnPath(request.nextUrl.searchParams.get('return_to'), settings().appUrl);
  Object.assign(remembered, pending, { returnTo });
  await remembered.save();
  return Response.redirect(url, 303);
}
