import 'server-only';
import * as openid from 'openid-client';
import type { Member, PendingSignIn, Tokens } from './session';
import { settings } from './settings';

const TIMEOUT_SECONDS = 10;
/** A token is renewed this long before its end, so that it does not end on its way. */
const MARGIN_MS = 5_000;
/** How long a renewal serves requests that left with the old cookie. */
const SHARED_MS = 60_000;

let discovered: Promise<openid.Configuration> | undefined;

function provider(): Promise<openid.Configuration> {
  discovered ??= discover().catch((error: unknown) => {
    discovered = undefined;
    throw error;
  });
  return discovered;
}

function discover(): Promise<openid.Configuration> {
  const { issuer, clientId, clientSecret } = settings();
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(issuer.hostname);
  const authentication = clientSecret === undefined ? openid.None() : openid.ClientSecretBasic(clientSecret);
  return openid.discovery(issuer, clientId, undefined, authentication, {
    timeout: TIMEOUT_SECONDS,
    execute: isLoopback ? [openid.allowInsecureRequests] : [],
  });
}

function callbackUrl(): string {
  return `${settings().appUrl}/api/auth/callback`;
}

/** Where to send the browser, and what to remember until it comes back. */
export async function beginSignIn(): Promise<{ url: URL; pending: Omit<PendingSignIn, 'returnTo'> }> {
  const pending = {
    state: openid.randomState(),
    nonce: openid.randomNonce(),
    verifier: openid.randomPKCECodeVerifier(),
  };
  const url = openid.buildAuthorizationUrl(await provider(), {
    redirect_uri: callbackUrl(),
    scope: settings().scope,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await openid.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
  });
  return { url, pending };
}

/** @throws when the sign-in was not begun here, or the provider refuses it */
export async function finishSignIn(
  query: URLSearchParams,
  { state, nonce, verifier }: PendingSignIn,
): Promise<{ tokens: Tokens; member: Member }> {
  if (state === undefined || nonce === undefined || verifier === undefined) {
    throw new Error('no sign-in was begun here');
  }
  const answer = await openid.authorizationCodeGrant(await provider(), new URL(`${callbackUrl()}?${query}`), {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  });
  const claims = answer.claims();
  if (claims === undefined) throw new Error('the provider names nobody');
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : undefined);
  const member = { id: claims.sub, name: text('name') ?? claims.sub, email: text('email') };
  return { tokens: tokensOf(answer), member };
}

export function isExpired({ expiresAt }: Tokens): boolean {
  return Date.now() > expiresAt - MARGIN_MS;
}

const renewals = new Map<string, Promise<Tokens>>();

/**
 * New tokens for a refresh token. Requests that come together share one renewal: providers take a refresh
 * token once, and count its second use as theft.
 *
 * @throws when the provider refuses
 */
export function renew(refreshToken: string): Promise<Tokens> {
  const running = renewals.get(refreshToken);
  if (running !== undefined) return running;
  const renewal = provider()
    .then((configuration) => openid.refreshTokenGrant(configuration, refreshToken))
    .then((answer) => tokensOf(answer, refreshToken));
  renewals.set(refreshToken, renewal);
  const forget = (): boolean => renewals.delete(refreshToken);
  renewal.then(() => setTimeout(forget, SHARED_MS).unref(), forget);
  return renewal;
}

function tokensOf(answer: openid.TokenEndpointResponse, before?: string): Tokens {
  const { access_token: accessToken, refresh_token: refreshToken = before, expires_in: seconds } = answer;
  return { accessToken, refreshToken, expiresAt: Date.now() + (seconds ?? 3600) * 1000 };
}
