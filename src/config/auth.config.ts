import { SESSION_DEFAULTS } from '../common/defaults.js';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsUrl,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { ServerConfig } from './server.config.js';
import { Env } from './validate.js';
import type { ConfigProblem, SelfChecking } from './validate.js';

const SECRET_BYTES = 32;
const REACHED_AS_LOCALHOST = new Set(['localhost', '127.0.0.1', '::1', '0.0.0.0', '::']);
const HTTP_URL = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };
const CLAIM_NAME = { message: 'must be a claim name without spaces or control characters, 128 at most' };
const claimName = /^[\x21-\x7e]{1,128}$/;

/** Who may come in, and how that is established: everything that begins with `AUTH_`. */
export class AuthConfig extends ServerConfig implements SelfChecking {
  @Env('PUBLIC_URL', {
    description:
      'Address browsers use for this server, with the path that a proxy takes off: sign-in returns there, files ' +
      'are sent there, and the Origin check expects its origin.',
    defaultText: 'http://localhost:PORT',
  })
  @IsOptional()
  @IsUrl(HTTP_URL)
  readonly publicAddress?: string;

  @Env('AUTH_ISSUER', {
    description: 'Issuer of the tokens. Without it a development provider is served, in development alone.',
  })
  @IsOptional()
  @IsUrl(HTTP_URL)
  readonly issuer?: string;

  @Env('AUTH_AUDIENCE', { description: 'Audience the tokens must name.' })
  @IsOptional()
  @MaxLength(512)
  readonly audience?: string;

  @Env('AUTH_JWKS_URI', {
    description: 'Where the public keys are (RS256, ES256). Without it they are found through the issuer.',
  })
  @IsOptional()
  @IsUrl(HTTP_URL)
  readonly jwksUri?: string;

  @Env('AUTH_JWT_SECRET', {
    description: 'Shared secret (HS256) of at least 32 bytes, instead of public keys.',
    secret: true,
  })
  @IsOptional()
  @MaxLength(4096)
  readonly jwtSecret?: string;

  @Env('AUTH_TENANT_CLAIM', { description: 'Claim that holds the organisation.' })
  @Matches(claimName, CLAIM_NAME)
  readonly tenantClaim: string = 'org_id';

  @Env('AUTH_TENANT_NAME_CLAIM', { description: 'Claim that holds the name of the organisation.' })
  @Matches(claimName, CLAIM_NAME)
  readonly tenantNameClaim: string = 'org_name';

  @Env('AUTH_ROLES_CLAIM', { description: 'Claim that holds the roles, as a list or separated by spaces.' })
  @Matches(claimName, CLAIM_NAME)
  readonly rolesClaim: string = 'roles';

  @Env('AUTH_PROFILE_CLAIM', {
    description: 'Claim with an object whose plain values the assistant is told of the member.',
  })
  @IsOptional()
  @Matches(claimName, CLAIM_NAME)
  readonly profileClaim?: string;

  @Env('CHATKIT_ADMIN_ROLE', {
    description: "Role whose holders may use their organisation's routes under `/chatkit/admin`.",
  })
  @MinLength(1)
  @MaxLength(200)
  readonly adminRole: string = 'admin';

  @Env('AUTH_TOKEN_TYPES', {
    description:
      'What tokens may say they are, separated by commas: `at+jwt` keeps out those that are no access tokens, where the ' +
      'issuer names these so (RFC 9068). Without it nobody looks.',
  })
  @Matches(/^[\w.+/-]{1,64}$/, { each: true, message: 'must list types such as at+jwt' })
  readonly tokenTypes: string[] = [];

  @Env('AUTH_ALLOW_HTTP', {
    description:
      'Lets `AUTH_ISSUER`, `AUTH_JWKS_URI` and `PUBLIC_URL` be unencrypted in production, as within a cluster.',
  })
  @IsBoolean()
  readonly allowHttp: boolean = false;

  @Env('AUTH_CLOCK_TOLERANCE', { description: 'Seconds the clocks of issuer and server may differ.' })
  @IsInt()
  @Min(0)
  @Max(300)
  readonly clockTolerance: number = 5;

  @Env('AUTH_ALLOWED_ORIGINS', {
    description:
      'Further origins, separated by commas, whose pages may use the session cookie, but not for what is for administrators.',
  })
  @IsUrl(HTTP_URL, { each: true })
  readonly allowedOrigins: string[] = [];

  @Env('AUTH_CLIENT_ID', {
    description: 'Client the portal signs in as. Without it (and with an issuer) the portal has no sign-in.',
  })
  @IsOptional()
  @MaxLength(512)
  readonly clientId?: string;

  @Env('AUTH_CLIENT_SECRET', { description: 'Secret of that client, if it has one.', secret: true })
  @IsOptional()
  @MaxLength(4096)
  readonly clientSecret?: string;

  @Env('AUTH_SCOPE', { description: 'Scopes the portal asks for.' })
  @MinLength(1)
  @MaxLength(1024)
  readonly scope: string = 'openid profile email';

  @Env('AUTH_AUTHORIZATION_PARAMS', {
    description: 'Further parameters of the sign-in request, as a query: `audience=https://api.example`.',
  })
  @MaxLength(2048)
  readonly authorizationParams: string = '';

  @Env('AUTH_SESSION_TOKEN', {
    description:
      'Which token the portal keeps: `access_token`, or `id_token` where access tokens are opaque.',
  })
  @IsIn(['access_token', 'id_token'])
  readonly sessionToken: 'access_token' | 'id_token' = 'access_token';

  @Env('AUTH_SESSION_SECRET', {
    description: 'At least 32 bytes that encrypt the session cookie; made and kept by itself in development.',
    secret: true,
  })
  @IsOptional()
  @MaxLength(4096)
  readonly sessionSecret?: string;

  @Env('AUTH_SESSION_SECRET_PREVIOUS', {
    description: 'The secret before it was changed: what it has encrypted stays valid until it ends.',
    secret: true,
  })
  @IsOptional()
  @MaxLength(4096)
  readonly previousSessionSecret?: string;

  @Env('AUTH_SESSION_IDLE_MINUTES', { description: 'Minutes after which a session ends that nobody uses.' })
  @IsInt()
  @Min(1)
  @Max(43_200)
  readonly sessionIdleMinutes: number = SESSION_DEFAULTS.idleMinutes;

  @Env('AUTH_SESSION_MAX_MINUTES', {
    description: 'Minutes after which a session ends however much it is used; it never outlives its token.',
  })
  @IsInt()
  @Min(1)
  @Max(43_200)
  readonly sessionMaxMinutes: number = SESSION_DEFAULTS.maxMinutes;

  @Env('AUTH_DEV_PROVIDER', {
    description:
      'Whom the development provider answers, whose password everybody knows: `local` is this computer alone, `network` ' +
      'whoever reaches the server, as a container has to. Naming it turns the provider on outside of development, too, ' +
      'but never in production.',
    defaultText: 'local, in development',
  })
  @IsOptional()
  @IsIn(['local', 'network'])
  readonly devProvider?: 'local' | 'network';

  @Env('AUTH_DEV_REDIRECT_URIS', {
    description:
      'Further addresses, separated by commas, to which the development provider may return a sign-in.',
  })
  @IsUrl(HTTP_URL, { each: true })
  readonly devRedirectUris: string[] = [];

  @Env('AUTH_DEV_TOKEN_SECONDS', { description: 'Lifetime of access tokens of the development provider.' })
  @IsInt()
  @Min(1)
  @Max(86_400)
  readonly devTokenSeconds: number = 43_200;

  /** Whether the development identity provider is served: nothing says where identities come from. */
  get embedded(): boolean {
    const { issuer, audience, jwksUri, jwtSecret, clientId, clientSecret } = this;
    const given = [issuer, audience, jwksUri, jwtSecret, clientId, clientSecret];
    return given.every((value) => value === undefined);
  }

  /** Address browsers reach this server at, without a trailing slash. */
  get publicUrl(): string {
    if (this.publicAddress === undefined) return `http://localhost:${this.port}`;
    const { origin, pathname } = new URL(this.publicAddress);
    return origin + pathname.replace(/(?<!\/)\/+$/, '');
  }

  /** Rules that span several variables. */
  problems(): readonly ConfigProblem[] {
    const found: ConfigProblem[] = [];
    const report = (variable: string, problem: string): void => void found.push({ variable, problem });
    if (this.publicAddress !== undefined && !/^https?:\/\/[^/?#@]+(?:\/[^?#]*)?$/.test(this.publicAddress)) {
      report('PUBLIC_URL', 'must be an origin, which a path may follow');
    } else if (this.embedded && new URL(this.publicUrl).pathname !== '/') {
      report('PUBLIC_URL', 'must have no path with the development identity provider, which needs the root');
    }
    if (this.embedded) {
      if (this.production || (this.nodeEnv !== 'development' && this.devProvider === undefined)) {
        report(
          'AUTH_ISSUER',
          'must be set, with AUTH_AUDIENCE and, unless the issuer publishes its keys by discovery, AUTH_JWKS_URI or ' +
            'AUTH_JWT_SECRET: the development identity provider runs where NODE_ENV is development, or AUTH_DEV_PROVIDER ' +
            'is set, and never in production',
        );
      }
      if (!REACHED_AS_LOCALHOST.has(this.host ?? '::')) {
        report(
          'HOST',
          'must be a loopback address, 0.0.0.0 or ::, since the development provider is asked at localhost',
        );
      }
      return found;
    }
    const addresses = {
      AUTH_ISSUER: this.issuer,
      AUTH_JWKS_URI: this.jwksUri,
      PUBLIC_URL: this.publicAddress,
    };
    for (const [variable, address] of Object.entries(addresses)) {
      if (!this.production || this.allowHttp || !isExposed(address)) continue;
      report(variable, 'must begin with https:// in production, unless AUTH_ALLOW_HTTP is true');
    }
    if (this.tokenTypes.length > 0 && this.sessionToken === 'id_token') {
      report('AUTH_TOKEN_TYPES', 'must not be set where AUTH_SESSION_TOKEN is id_token, which has no type');
    }
    if (this.issuer === undefined) report('AUTH_ISSUER', 'must be set when any other AUTH_ variable is');
    if (this.audience === undefined) report('AUTH_AUDIENCE', 'must be set when AUTH_ISSUER is');
    if (this.jwksUri !== undefined && this.jwtSecret !== undefined) {
      report('AUTH_JWT_SECRET', 'must not be set together with AUTH_JWKS_URI');
    }
    if (tooShort(this.jwtSecret)) report('AUTH_JWT_SECRET', `must have at least ${SECRET_BYTES} bytes`);
    if (this.clientSecret !== undefined && this.clientId === undefined) {
      report('AUTH_CLIENT_ID', 'must be set when AUTH_CLIENT_SECRET is');
    }
    if (this.production && this.clientId !== undefined && this.sessionSecret === undefined) {
      report('AUTH_SESSION_SECRET', 'must be set in production when AUTH_CLIENT_ID is');
    }
    if (tooShort(this.sessionSecret)) {
      report('AUTH_SESSION_SECRET', `must have at least ${SECRET_BYTES} bytes`);
    }
    if (tooShort(this.previousSessionSecret)) {
      report('AUTH_SESSION_SECRET_PREVIOUS', `must have at least ${SECRET_BYTES} bytes`);
    }
    return found;
  }
}

/** Whether others may read along on the way to an address, or answer in its place. */
function isExposed(address: string | undefined): boolean {
  if (address === undefined) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

function tooShort(secret: string | undefined): boolean {
  return secret !== undefined && Buffer.byteLength(secret) < SECRET_BYTES;
}
