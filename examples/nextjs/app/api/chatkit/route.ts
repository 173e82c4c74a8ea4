import { AccessToken } from '../../../lib/access-token';
import { failed, forward, isEndpoint, passOn, refusal, signedOut } from '../../../lib/forward';
import { logFailure } from '../../../lib/log';
import { readBody } from '../../../lib/read-body';
import { openSession } from '../../../lib/session';
import { settings } from '../../../lib/settings';

/** The chat endpoint for the browser: its cookie becomes the token that the backend asks for. */
export async function POST(request: Request): Promise<Response> {
  const { appUrl, chatkitUrl } = settings();
  if (request.headers.get('origin') !== appUrl) {
    return refusal(403, 'forbidden', 'The chat is for pages of this application only');
  }
  const session = await openSession();
  if (session.tokens === undefined) return signedOut();
  const body = await readBody(request);
  if (body === undefined) return refusal(413, 'payload_too_large', 'The message is too large');

  const token = new AccessToken(session, session.tokens);
  try {
    let answer = await forward(chatkitUrl, request, body, await token.fresh());
    if (answer.status === 401 && (await token.renew())) {
      await answer.body?.cancel();
      answer = await forward(chatkitUrl, request, body, await token.fresh());
    }
    if (answer.status === 404 && !(await isEndpoint(chatkitUrl))) return wrongPath(answer, chatkitUrl);
    return passOn(answer);
  } catch (error) {
    return failed(request, error);
  }
}

async function wrongPath(answer: Response, { pathname }: URL): Promise<Response> {
  await answer.body?.cancel();
  const message = `There is no chat endpoint at ${pathname} of the backend: CHATKIT_URL must name its exact path`;
  logFailure(message);
  return refusal(502, 'wrong_endpoint', message);
}
