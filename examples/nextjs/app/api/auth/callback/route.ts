import type { NextRequest } from 'next/server';
import { refusal } from '../../../../lib/forward';
import { logFailure } from '../../../../lib/log';
import { finishSignIn } from '../../../../lib/provider';
import { openPendingSignIn, openSession } from '../../../../lib/session';
import { settings } from '../../../../lib/settings';

/** Where the identity provider sends the browser back to. */
export async function GET(request: NextRequest): Promise<Response> {
  const pending = await openPendingSignIn();
  const { returnTo = '/' } = pending;
  const signedIn = await finishSignIn(request.nextUrl.searchParams, pending).catch((error: unknown) => {
    logFailure('A sign-in failed', error);
  });
  pending.destroy();
  if (signedIn === undefined) return refusal(400, 'sign_in_failed', 'The sign-in did not work. Try again.');
  const session = await openSession();
  Object.assign(session, signedIn);
  await session.save();
  return Response.redirect(new URL(returnTo, settings().appUrl), 303);
}
