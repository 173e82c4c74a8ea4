import { refusal } from '../../../../lib/forward';
import { openSession } from '../../../../lib/session';
import { settings } from '../../../../lib/settings';

/** Ends the session, at the request of this application's own pages. */
export async function POST(request: Request): Promise<Response> {
  const { appUrl } = settings();
  if (request.headers.get('origin') !== appUrl) {
    return refusal(403, 'forbidden', 'Only pages of this application may sign out');
  }
  (await openSession()).destroy();
  return new Response(null, { status: 303, headers: { location: appUrl } });
}
