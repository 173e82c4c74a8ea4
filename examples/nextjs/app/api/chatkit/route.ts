import { forward, isEndpoint, passOn, refusal } from '../../../lib/forward';
import { logFailure } from '../../../lib/log';
import { isExpired, renew } from '../../../lib/provider';
import { readBody } from '../../../lib/read-body';
import { openSession } from '../../../lib/session';
import { settings } from '../../../lib/settings';

const SIGNED_OUT = refusal.bind(null, 401, 'unauthorized', 'Sign in to use the chat');

/** The chat endpoint for the browser: its cookie becomes the token that the backend asks for. */
export async function POST(request: Request): Promise<Response> {
  const { appUrl, chatkitUrl } = settings();
  if (request.headers.get('origin') !== appUrl) {
    return refusal(403, 'forbidden', 'The chat is for pages of this application only');
  }
  const session = await openSession();
  if (session.tokens === undefined) return SIGNED_OUT();
  const body = await readBody(request);
  if (body === undefined) return refusal(413, 'payload_too_large', 'The message is too large');

  let renewed = false;
  const refresh = async (): Promise<boolean> => {
    const refreshToken = session.tokens?.refreshToken;
    if (renewed || refreshToken === undefined) return false;
    renewed = true;
    session.tokens = await renew(refreshToken);
    await session.save();
    return true;
  };
  try {
    if (isExpired(session.tokens)) await refresh();
    let answer = await forward(chatkitUrl, request, body, session.tokens.accessToken);
    if (answer.status === 401 && (await refresh())) {
      await answer.body?.cancel();
      answer = await forward(chatkitUrl, request, body, session.tokens.accessToken);
    }
    if (answer.status === 404 && !(await isEndpoint(chatkitUrl))) return wrongPath(answer, chatkitUrl);
    return passOn(answer);
  } catch (error) {
    return request.signal.aborted ? new Response(null, { status: 499 }) : unreachable(error);
  }
}

async function wrongPath(answer: Response, { pathname }: URL): Promise<Response> {
  await answer.body?.cancel();
  const message = `There is no chat endpoint at ${pathname} of the backend: CHATKIT_URL must name its exact path`;
  logFailure(message);
  return refusal(502, 'wrong_endpoint', message);
}

/** The cause stays here; it holds addresses, but no token. */
function unreachable(error: unknown): Response {
  logFailure('The chat could not be reached', error);
  return refusal(502, 'chat_unreachable', 'The chat cannot be reached at the moment');
}
