import { Inject, Injectable, Optional } from '@nestjs/common';
import { AUTH_OPTIONS } from '../auth.options.js';
import {
  AuthError,
  InsufficientTokenError,
  InvalidTokenError,
  KeysUnavailableError,
} from '../auth.errors.js';
import { correlationId } from '../http/correlation-id.js';
import { languageTag, preferredLanguage } from '../http/locale.js';
import { originAllowed } from '../http/origin.js';
import { identityOf, type Claims, type Identity } from './claims.js';
import { profileOf, roleNames } from '../context/checked-init.js';
import { RequestContext } from '../context/request-context.js';
import type { IdentitySource } from '../identity/identity.port.js';
import { CHATKIT_SESSIONS, type Session, type SessionSource } from '../session/sessions.port.js';
import { RefusedTokens } from './refused-tokens.js';
import { TokenVerifier } from './token-verifier.js';
import { systemClock } from '../../common/clock.js';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthOptions } from '../auth.options.js';

const RETRY_AFTER_SECONDS = 2;
const CHALLENGE = 'Bearer realm="chatkit"';

interface Credential {
  readonly token: string;
  /** Set when the token comes from a cookie. */
  readonly session?: Session;
}

/** Turns a request into the context of whoever sent it, or into the refusal it deserves. */
@Injectable()
export class Authenticator implements IdentitySource {
  private readonly refused: RefusedTokens;
  private readonly identities = new WeakMap<Claims, Identity>();
  private readonly origins: ReadonlySet<string>;

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    private readonly verifier: TokenVerifier,
    @Optional() @Inject(CHATKIT_SESSIONS) private readonly sessions?: SessionSource,
  ) {
    this.refused = new RefusedTokens(options.clock ?? systemClock);
    this.origins = new Set([new URL(options.publicUrl).origin, ...options.allowedOrigins]);
  }

  /**
   * @throws {AuthError} 401 without a valid token, 403 when the token, the origin or `X-User-ID` forbids it,
   *   503 when the keys to judge the token cannot be had
   */
  async authenticate(request: IncomingMessage, response: ServerResponse): Promise<RequestContext> {
    const id = correlationId(request, response);
    try {
      const credential = await this.credentialOf(request);
      if (credential === undefined) throw this.unauthorized(response, id);
      const { session } = credential;
      if (session !== undefined) this.requireOrigin(request, id);
      const context = await this.contextOf(request, credential, id);
      const renewed = session === undefined ? undefined : await this.sessions?.renew(session);
      if (renewed !== undefined) response.appendHeader('set-cookie', renewed);
      return context;
    } catch (error) {
      throw this.refusal(error, response, id);
    }
  }

  /** @throws {AuthError} 403 when the request was not sent by a page of an allowed origin */
  requireOrigin(request: IncomingMessage, id: string): void {
    if (originAllowed(request, this.origins)) return;
    throw new AuthError('forbidden', 'The request comes from an origin that is not allowed', id);
  }

  private async credentialOf(request: IncomingMessage): Promise<Credential | undefined> {
    const header = request.headers.authorization;
    if (header !== undefined && /^bearer(\s|$)/i.test(header)) {
      return { token: header.slice('bearer'.length).trim() };
    }
    const session = await this.sessions?.read(request);
    return session === undefined ? undefined : { token: session.token, session };
  }

  private async contextOf(
    request: IncomingMessage,
    { token, session }: Credential,
    id: string,
  ): Promise<RequestContext> {
    const { locale, ...identity } = this.identityOf(await this.verifier.verify(token));
    const claimed = request.headers['x-user-id'];
    if (claimed !== undefined && claimed !== identity.userId && claimed !== escaped(identity.userId)) {
      throw new AuthError('forbidden', 'X-User-ID is not the user of the token', id);
    }
    return new RequestContext({
      ...identity,
      locale: preferredLanguage(request.headers['accept-language']) ?? locale ?? 'en',
      correlationId: id,
      token,
      sessionId: session?.id,
    });
  }

  /** Read once from the claims that the verifier remembers. */
  private identityOf(claims: Claims): Identity {
    const known = this.identities.get(claims);
    if (known !== undefined) return known;
    const { locale, roles, user, ...identity } = identityOf(claims, this.options.claims);
    const tag = languageTag(locale);
    const read = {
      ...identity,
      roles: roleNames(roles),
      user: profileOf(user),
      ...(tag !== undefined && { locale: tag }),
    };
    this.identities.set(claims, read);
    return read;
  }

  private refusal(error: unknown, response: ServerResponse, id: string): unknown {
    if (error instanceof InvalidTokenError) {
      this.refused.note(error.message, id);
      return this.unauthorized(response, id, error.message);
    }
    if (error instanceof InsufficientTokenError) {
      this.refused.note(error.message, id);
      return new AuthError('forbidden', error.message, id);
    }
    if (error instanceof KeysUnavailableError) {
      response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
      return new AuthError('auth_unavailable', 'Tokens cannot be verified at the moment', id);
    }
    return error;
  }

  private unauthorized(response: ServerResponse, id: string, problem?: string): AuthError {
    const detail = problem === undefined ? '' : `, error="invalid_token", error_description="${problem}"`;
    response.setHeader('WWW-Authenticate', `${CHALLENGE}${detail}`);
    return new AuthError('unauthorized', problem ?? 'Sign in first', id);
  }
}

/** How clients put into a header what a header cannot carry as it is. */
function escaped(userId: string): string {
  return userId.toWellFormed().replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}
