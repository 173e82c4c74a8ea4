import { Inject, Injectable } from '@nestjs/common';
import * as openid from 'openid-client';
import { AUTH_OPTIONS, DEV_PROVIDER_PATH } from '../auth.options.js';
import { PublicRoutes } from '../http/public-routes.js';
import { SIGN_IN_PATHS, type SignInPaths } from './sign-in-paths.js';
import type { AuthOptions, SignInOptions } from '../auth.options.js';
import type { PendingSignIn } from './sign-in-cookies.js';

const TIMEOUT_SECONDS = 10;

/** Speaks OpenID Connect with the configured provider, discovered when first needed. */
@Injectable()
export class ProviderClient {
  private discovered: Promise<openid.Configuration> | undefined;

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    private readonly routes: PublicRoutes,
    @Inject(SIGN_IN_PATHS) private readonly paths: SignInPaths,
  ) {}

  /** Where to send the browser, and what to remember until it comes back. */
  async begin(signIn: SignInOptions, returnTo: string): Promise<{ url: URL; pending: PendingSignIn }> {
    const configuration = await this.configuration(signIn);
    const pending = {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      verifier: openid.randomPKCECodeVerifier(),
      returnTo,
    };
    const url = openid.buildAuthorizationUrl(configuration, {
      ...signIn.authorizationParams,
      redirect_uri: this.routes.address(this.paths.callback),
      scope: signIn.scope,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
    });
    return { url, pending };
  }

  /** Exchanges the code of a callback for the token that identifies the user; undefined if none is given. */
  async finish(signIn: SignInOptions, callback: URL, pending: PendingSignIn): Promise<string | undefined> {
    const tokens = await openid.authorizationCodeGrant(await this.configuration(signIn), callback, {
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      pkceCodeVerifier: pending.verifier,
      idTokenExpected: true,
    });
    return tokens[signIn.sessionToken];
  }

  /** Where the provider ends its own session, if it has been met before and offers that. */
  async endSessionUrl(signIn: SignInOptions): Promise<string | undefined> {
    const configuration = await this.discovered?.catch(() => undefined);
    if (configuration?.serverMetadata().end_session_endpoint === undefined) return undefined;
    return openid.buildEndSessionUrl(configuration, {
      client_id: signIn.clientId,
      post_logout_redirect_uri: `${this.options.publicUrl}/`,
    }).href;
  }

  private configuration(signIn: SignInOptions): Promise<openid.Configuration> {
    this.discovered ??= this.discover(signIn).catch((error: unknown) => {
      this.discovered = undefined;
      throw error;
    });
    return this.discovered;
  }

  private discover(signIn: SignInOptions): Promise<openid.Configuration> {
    const issuer = new URL(this.options.issuer);
    const insecure = this.options.development !== undefined || isLoopback(issuer);
    return openid.discovery(issuer, signIn.clientId, undefined, clientAuthentication(signIn), {
      timeout: TIMEOUT_SECONDS,
      execute: insecure ? [openid.allowInsecureRequests] : [],
      [openid.customFetch]: (url, init) => fetch(this.reachable(url), init as RequestInit),
    });
  }

  /** The embedded provider is this very process, which need not be able to reach itself by its public name. */
  private reachable(url: string): string {
    const { development, publicUrl } = this.options;
    if (development === undefined || !url.startsWith(`${publicUrl}${DEV_PROVIDER_PATH}/`)) return url;
    return `http://localhost:${development.port}${url.slice(publicUrl.length)}`;
  }
}

function clientAuthentication({ clientSecret }: SignInOptions): openid.ClientAuth {
  if (clientSecret === undefined) return openid.None();
  const post = openid.ClientSecretPost(clientSecret);
  const basic = openid.ClientSecretBasic(clientSecret);
  return (server, client, body, headers) => {
    // The standard has `client_secret_basic` apply where a provider does not say.
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const method = methods.includes('client_secret_basic') ? basic : post;
    return method(server, client, body, headers);
  };
}

function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
