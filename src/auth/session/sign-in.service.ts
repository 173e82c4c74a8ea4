import { Inject, Injectable } from '@nestjs/common';
import { ChatKitLogger } from '../../common/logging/chatkit-logger.js';
import { AUTH_OPTIONS } from '../auth.options.js';
import { AuthError, InsufficientTokenError } from '../auth.errors.js';
import { correlationId } from '../http/correlation-id.js';
import { escapeHtml, pageHeaders, pageHtml } from '../http/page.js';
import { PublicRoutes } from '../http/public-routes.js';
import { identityOf } from '../tokens/claims.js';
import { TokenVerifier } from '../tokens/token-verifier.js';
import { ProviderClient } from './provider-client.js';
import { SessionCookie, SessionTooLargeError } from './session-cookie.js';
import { SIGN_IN_PATHS, type SignInPaths } from './sign-in-paths.js';
import { SignInCookies } from './sign-in-cookies.js';
import type { Request, Response } from 'express';
import type { AuthOptions, SignInOptions } from '../auth.options.js';
import type { PendingSignIn } from './sign-in-cookies.js';

/** The authorisation code flow, from leaving this site to the session cookie. */
@Injectable()
export class SignInService {
  private readonly logger = new ChatKitLogger('SignIn');

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    private readonly provider: ProviderClient,
    private readonly pending: SignInCookies,
    private readonly session: SessionCookie,
    private readonly verifier: TokenVerifier,
    private readonly routes: PublicRoutes,
    @Inject(SIGN_IN_PATHS) private readonly paths: SignInPaths,
  ) {}

  /**
   * Begins a sign-in and gives the address to send the browser to.
   *
   * @throws {AuthError} 501 when no client is configured, 503 when the provider cannot be reached
   */
  async begin(request: Request, response: Response, returnTo: string): Promise<string> {
    const id = correlationId(request, response);
    const signIn = this.signInOptions(id);
    const elsewhere = this.canonicalLogin(request, returnTo);
    if (elsewhere !== undefined) return elsewhere;
    try {
      const { url, pending } = await this.provider.begin(signIn, returnTo);
      response.append('Set-Cookie', await this.pending.begin(request, pending));
      return url.href;
    } catch (error) {
      this.logger.warn('Sign-in cannot begin', { reason: reasonOf(error), correlationId: id });
      response.setHeader('Retry-After', 2);
      throw new AuthError('auth_unavailable', 'The identity provider cannot be reached', id);
    }
  }

  /**
   * Ends a sign-in: sets the session cookie and gives the path to return to, or answers with a page that says
   * what went wrong and returns undefined.
   *
   * @throws {AuthError} 501 when no client is configured
   */
  async finish(request: Request, response: Response): Promise<string | undefined> {
    const id = correlationId(request, response);
    const signIn = this.signInOptions(id);
    // of the address it came by only what was asked counts, which no base can make invalid
    const callback = new URL(this.routes.address(this.paths.callback));
    callback.search = /\?.*/s.exec(request.originalUrl)?.[0] ?? '';
    const state = callback.searchParams.get('state') ?? '';
    const pending = await this.pending.find(request, state);
    if (pending === undefined) {
      return this.explain(response, 400, 'This sign-in was begun elsewhere or too long ago.', id);
    }
    response.append('Set-Cookie', this.pending.end(state));
    try {
      response.append('Set-Cookie', await this.exchange(signIn, callback, pending));
      return pending.returnTo;
    } catch (error) {
      this.logger.warn('Sign-in failed', { reason: reasonOf(error), correlationId: id });
      if (error instanceof InsufficientTokenError) {
        return this.explain(response, 403, 'Your account belongs to no organisation here.', id);
      }
      const detail = error instanceof SessionTooLargeError ? `${error.message}.` : '';
      return this.explain(response, 502, `The identity provider did not sign you in. ${detail}`, id);
    }
  }

  /** Where to go after signing out, when the provider has a session of its own to end. */
  endSessionUrl(): Promise<string | undefined> {
    const { signIn } = this.options;
    return signIn === undefined ? Promise.resolve(undefined) : this.provider.endSessionUrl(signIn);
  }

  private async exchange(signIn: SignInOptions, callback: URL, pending: PendingSignIn): Promise<string> {
    const token = await this.provider.finish(signIn, callback, pending);
    if (token === undefined) throw new Error(`the provider gave no ${signIn.sessionToken}`);
    const claims = await this.verifier.verify(token);
    identityOf(claims, this.options.claims);
    return this.session.begin(token, Number(claims['exp']) * 1000);
  }

  /** In development people type 127.0.0.1 for localhost; the cookies of a sign-in would stay behind there. */
  private canonicalLogin(request: Request, returnTo: string): string | undefined {
    const { publicUrl, development } = this.options;
    const host = request.headers.host ?? '';
    if (development === undefined || !/^(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?$/.test(host))
      return undefined;
    if (host === new URL(publicUrl).host) return undefined;
    return `${this.routes.address(this.paths.login)}?${new URLSearchParams({ return_to: returnTo }).toString()}`;
  }

  private signInOptions(id: string): SignInOptions {
    const { signIn } = this.options;
    if (signIn !== undefined) return signIn;
    throw new AuthError(
      'unsupported',
      'This server has no sign-in of its own: AUTH_CLIENT_ID is not set',
      id,
    );
  }

  private explain(response: Response, status: number, text: string, id: string): undefined {
    const body =
      `<main><h1>Sign-in did not work</h1><p>${escapeHtml(text)}</p>` +
      `<p><a href="${escapeHtml(this.routes.path(this.paths.login))}">Try again</a> or <a href="${escapeHtml(this.routes.root)}">go to the start page</a>.</p>` +
      `<p>Reference: <code>${escapeHtml(id)}</code></p></main>`;
    response
      .status(status)
      .set(pageHeaders())
      .send(pageHtml({ title: 'Sign-in did not work', body }));
    return undefined;
  }
}

/** The messages of an error and of what caused it; the libraries put no token into them. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
