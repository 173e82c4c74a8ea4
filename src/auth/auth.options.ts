import type { Clock } from '../common/clock.js';
import type { AuthConfig } from '../config/auth.config.js';
import { EXAMPLE_DIRECTORY, type Directory } from './dev-provider/directory.js';
import type { ClaimNames } from './tokens/claims.js';

/** Where verification keys come from: one shared secret (HS256) or published keys (RS256, ES256). */
export type KeyOptions = { readonly secret: string } | { readonly jwksUri?: string };

/** The portal's sign-in with an OpenID provider. */
export interface SignInOptions {
  readonly clientId: string;
  readonly clientSecret?: string;
  /** Scopes, separated by spaces. */
  readonly scope: string;
  /** Sent with the authorisation request, for providers that want an audience or the like. */
  readonly authorizationParams: Readonly<Record<string, string>>;
  /** Which of the provider's tokens identifies the user to this server. */
  readonly sessionToken: 'access_token' | 'id_token';
  /** Encrypts the session cookie; without it one is made, and kept if there is a data directory. */
  readonly sessionSecret?: string;
  /** The secret before it was changed: sessions that it has encrypted go on. */
  readonly previousSessionSecret?: string;
  /** Minutes after which a session ends that nobody uses. Default 120. */
  readonly sessionIdleMinutes?: number;
  /** Minutes after which a session ends however much it is used. Default 720. */
  readonly sessionMaxMinutes?: number;
}

/** What the development identity provider is set up with. */
export interface DevProviderOptions {
  /** Port the server listens on, by which it reaches itself. */
  readonly port: number;
  /** Addresses of other applications that sign their members in here. */
  readonly redirectUris: readonly string[];
  /** Lifetime of an access token in seconds. */
  readonly tokenSeconds: number;
  /** Who can sign in. */
  readonly directory: Directory;
  /** Whom it answers: this computer alone, or whoever reaches the server. Default `local`. */
  readonly reach?: 'local' | 'network';
}

/** Everything the identity part needs to know. */
export interface AuthOptions {
  /** Expected `iss` of every token. */
  readonly issuer: string;
  /** Expected member of `aud`. */
  readonly audience: string;
  /** An empty object finds the keys through the issuer's discovery document. */
  readonly keys: KeyOptions;
  readonly claims: ClaimNames;
  /** Role of a tenant's administrators. Default `admin`. */
  readonly adminRole?: string;
  /** What the header of a token may say in `typ`, such as `at+jwt` (RFC 9068). Default: anything, or nothing. */
  readonly tokenTypes?: readonly string[];
  readonly clockToleranceSeconds: number;
  /** Address browsers reach this server at, without a trailing slash. */
  readonly publicUrl: string;
  /** Further origins whose pages may use the session cookie. */
  readonly allowedOrigins: readonly string[];
  /** Without it there is no sign-in and no session cookie: bearer tokens only. */
  readonly signIn?: SignInOptions;
  /** Serves the development identity provider under `/oidc`. Never in production. */
  readonly development?: DevProviderOptions;
  /** Where secrets made here are kept between starts; without it they live as long as the process. */
  readonly dataDir?: string;
  /** Default: the system's. */
  readonly clock?: Pick<Clock, 'now'>;
}

/** Injection token of {@link AuthOptions}. */
export const AUTH_OPTIONS = Symbol('AUTH_OPTIONS');

/** Path the development provider is mounted under. */
export const DEV_PROVIDER_PATH = '/oidc';

/** Client the portal signs in as at the development provider. */
export const DEV_CLIENT_ID = 'portal';

function embedded(config: AuthConfig): Pick<AuthOptions, 'issuer' | 'audience' | 'keys' | 'signIn'> {
  const internal = `http://localhost:${config.port}${DEV_PROVIDER_PATH}`;
  return {
    issuer: `${config.publicUrl}${DEV_PROVIDER_PATH}`,
    audience: `${config.publicUrl}/chatkit`,
    keys: { jwksUri: `${internal}/jwks` },
    signIn: {
      clientId: DEV_CLIENT_ID,
      scope: 'openid profile email',
      // The provider is there to try several people out: it asks at every sign-in who it is.
      authorizationParams: { prompt: 'login' },
      sessionToken: 'access_token',
      ...sessionFrom(config),
    },
  };
}

function sessionFrom(config: AuthConfig): Partial<SignInOptions> {
  const { sessionSecret, previousSessionSecret, sessionIdleMinutes, sessionMaxMinutes } = config;
  return {
    ...(sessionSecret === undefined ? {} : { sessionSecret }),
    ...(previousSessionSecret === undefined ? {} : { previousSessionSecret }),
    sessionIdleMinutes,
    sessionMaxMinutes,
  };
}

function external(config: AuthConfig): Pick<AuthOptions, 'issuer' | 'audience' | 'keys' | 'signIn'> {
  const { issuer, audience, jwksUri, jwtSecret, clientId, clientSecret } = config;
  if (issuer === undefined || audience === undefined) {
    throw new TypeError('AuthConfig was not validated: issuer and audience are missing');
  }
  const published = jwksUri === undefined ? {} : { jwksUri };
  const common = { issuer, audience, keys: jwtSecret === undefined ? published : { secret: jwtSecret } };
  if (clientId === undefined) return common;
  return {
    ...common,
    signIn: {
      clientId,
      ...(clientSecret === undefined ? {} : { clientSecret }),
      scope: config.scope,
      authorizationParams: Object.fromEntries(new URLSearchParams(config.authorizationParams)),
      sessionToken: config.sessionToken,
      ...sessionFrom(config),
    },
  };
}

function developmentFrom(config: AuthConfig, directory = EXAMPLE_DIRECTORY): DevProviderOptions {
  const { port, devRedirectUris: redirectUris, devTokenSeconds: tokenSeconds, devProvider } = config;
  return { port, redirectUris, tokenSeconds, directory, reach: devProvider ?? 'local' };
}

function claimsFrom({ tenantClaim, tenantNameClaim, rolesClaim, profileClaim }: AuthConfig): ClaimNames {
  return {
    tenant: tenantClaim,
    tenantName: tenantNameClaim,
    roles: rolesClaim,
    ...(profileClaim === undefined ? {} : { profile: profileClaim }),
  };
}

/**
 * Turns the validated environment into options, choosing between the configured provider and the embedded one.
 *
 * @param runtime.dataDir directory for keys and secrets made in development
 * @param runtime.directory who can sign in at the development provider. Default: the members of two example
 *   organisations
 * @param runtime.clock what sessions are timed by. Default: the system's
 */
export function authOptionsFrom(
  config: AuthConfig,
  runtime: { dataDir?: string; directory?: Directory | undefined; clock?: Pick<Clock, 'now'> } = {},
): AuthOptions {
  return {
    ...(config.embedded ? embedded(config) : external(config)),
    claims: claimsFrom(config),
    adminRole: config.adminRole,
    tokenTypes: config.tokenTypes,
    clockToleranceSeconds: config.clockTolerance,
    publicUrl: config.publicUrl,
    allowedOrigins: config.allowedOrigins.map((origin) => new URL(origin).origin),
    ...(config.embedded && !config.production
      ? { development: developmentFrom(config, runtime.directory) }
      : {}),
    ...(runtime.dataDir === undefined || config.production ? {} : { dataDir: runtime.dataDir }),
    ...(runtime.clock && { clock: runtime.clock }),
  };
}
