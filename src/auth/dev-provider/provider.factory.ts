import { Provider } from 'oidc-provider';
import { ChatKitLogger } from '../../common/logging/chatkit-logger.js';
import { DEV_CLIENT_ID, DEV_PROVIDER_PATH } from '../auth.options.js';
import { escapeHtml, pageHeaders, pageHtml } from '../http/page.js';
import type { SignInPaths } from '../session/sign-in-paths.js';
import { devKeys } from './dev-keys.js';
import { claimsOf } from './directory.js';
import { MemoryAdapter, noGrants } from './memory-adapter.js';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { PublicRoutes } from '../http/public-routes.js';
import type { AuthOptions, DevProviderOptions } from '../auth.options.js';
import type { DevKeys } from './dev-keys.js';

const HOURS = 60 * 60;
const STYLESHEET = `${DEV_PROVIDER_PATH}/sign-in.css`;

/** Members belong to this site, so nobody is asked whether the portal may know who they are. */
async function grantWithoutAsking(ctx: KoaContextWithOIDC, audience: string) {
  const { client, session, provider } = ctx.oidc;
  const accountId = session?.accountId;
  if (client === undefined || accountId === undefined) return undefined;
  const known = session?.grantIdFor(client.clientId);
  const existing = known === undefined ? undefined : await provider.Grant.find(known);
  if (existing !== undefined) return existing;
  const grant = new provider.Grant({ clientId: client.clientId, accountId });
  grant.addOIDCScope('openid profile email');
  grant.addResourceScope(audience, 'chatkit');
  await grant.save();
  return grant;
}

function configuration(
  options: AuthOptions,
  development: DevProviderOptions,
  keys: DevKeys,
  routes: PublicRoutes,
  paths: SignInPaths,
): Configuration {
  const { audience, claims } = options;
  const { redirectUris, tokenSeconds, directory } = development;
  const grants = noGrants();
  const cookie = { httpOnly: true, sameSite: 'lax', signed: true } as const;
  return {
    adapter: () => new MemoryAdapter(grants),
    jwks: { keys: [...keys.jwks.keys] },
    clients: [
      {
        client_id: DEV_CLIENT_ID,
        client_name: 'Portal',
        token_endpoint_auth_method: 'none',
        redirect_uris: [routes.address(paths.callback), ...redirectUris],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    clientBasedCORS: () => false,
    claims: {
      openid: ['sub', claims.tenant, claims.tenantName, claims.roles],
      profile: ['name'],
      email: ['email'],
    },
    cookies: {
      keys: [...keys.cookieKeys],
      names: {
        session: 'chatkit_op_session',
        interaction: 'chatkit_op_interaction',
        resume: 'chatkit_op_resume',
      },
      long: cookie,
      short: cookie,
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'chatkit',
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: tokenSeconds,
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    interactions: { url: (_ctx, { uid }) => `${DEV_PROVIDER_PATH}/interaction/${uid}` },
    findAccount: (_ctx, accountId) => {
      const known = claimsOf(directory, accountId, claims);
      return known && { accountId, claims: () => ({ ...known, sub: accountId }) };
    },
    extraTokenClaims: (_ctx, token) =>
      'accountId' in token && typeof token.accountId === 'string'
        ? { ...claimsOf(directory, token.accountId, claims) }
        : undefined,
    loadExistingGrant: (ctx) => grantWithoutAsking(ctx, audience),
    pkce: { required: () => true },
    responseTypes: ['code'],
    renderError: (ctx, out) => {
      const text = escapeHtml(`${out.error}: ${out.error_description ?? ''}`);
      ctx.set(pageHeaders());
      ctx.body = pageHtml({
        title: 'Sign-in did not work',
        stylesheet: STYLESHEET,
        body: `<main><h1>Sign-in did not work</h1><p>${text}</p><p><a href="${escapeHtml(routes.path(paths.login))}">Try again</a></p></main>`,
      });
    },
    // whoever signs in here has been asked already, so there is no consent to ask for
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    ttl: {
      AccessToken: tokenSeconds,
      AuthorizationCode: 60,
      Grant: 12 * HOURS,
      IdToken: HOURS,
      Interaction: HOURS,
      RefreshToken: 12 * HOURS,
      Session: 12 * HOURS,
    },
  };
}

/** The development identity provider: ES256 access tokens in JWT form, for the members of the directory. */
export async function createDevProvider(
  options: AuthOptions,
  development: DevProviderOptions,
  routes: PublicRoutes,
  paths: SignInPaths,
): Promise<Provider> {
  const logger = new ChatKitLogger('DevProvider');
  const keys = await devKeys(options.dataDir);
  const provider = new Provider(options.issuer, configuration(options, development, keys, routes, paths));
  provider.on('server_error', (_ctx, error) => logger.error('the development provider failed', { error }));
  return provider;
}
