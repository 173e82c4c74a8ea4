import { createHash } from 'node:crypto';
import * as openid from 'openid-client';
import type { RequestContext } from '../auth/context/request-context.js';
import { BoundedMap } from '../common/bounded-map.js';
import type { Clock } from '../common/clock.js';
import type { McpExchangeOptions } from '../config/mcp-auth.options.js';
import { boundedFetch } from './bounded-fetch.js';

const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const MAX_KEPT = 1000;
/** How long before its end a token is no longer used, and how long one is kept at most, or whose end is unknown. */
const MARGIN_MS = 30_000;
const LONGEST_MS = 3_600_000;
const UNTOLD_MS = 60_000;

/**
 * Exchanges callers' tokens for those of one server (RFC 8693). A token is kept for its caller alone until shortly
 * before it expires; whoever asks at the same time waits for the same exchange.
 */
export class TokenExchange {
  readonly #kept: BoundedMap<string, Promise<string>>;
  readonly #client: openid.Configuration;

  /** @param timeoutMs longest that an exchange may take */
  constructor(
    private readonly options: McpExchangeOptions,
    timeoutMs: number,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    this.#kept = new BoundedMap(MAX_KEPT, clock);
    const { tokenEndpoint, clientId = '', clientSecret } = options;
    const { origin, protocol } = new URL(tokenEndpoint);
    const client = clientSecret === undefined ? openid.None() : openid.ClientSecretBasic(clientSecret);
    const server = { issuer: origin, token_endpoint: tokenEndpoint };
    this.#client = new openid.Configuration(server, clientId, undefined, client);
    this.#client.timeout = timeoutMs / 1000;
    this.#client[openid.customFetch] = (url, init) => boundedFetch(url, init as RequestInit);
    // unencrypted addresses within a cluster are the operator's to choose
    if (protocol === 'http:') openid.allowInsecureRequests(this.#client);
  }

  /** The server's token in place of the caller's. @throws what the exchange fails with */
  async of(context: RequestContext, token: string): Promise<string> {
    const key = keyOf(context, token);
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const answer = this.#ask(token);
    const exchanged = answer.then(({ token: given }) => given);
    // whoever waits for it is told; nobody need wait
    exchanged.catch(() => undefined);
    this.#kept.set(key, exchanged);
    const isKept = (): boolean => this.#kept.get(key) === exchanged;
    try {
      const { lifetimeMs } = await answer;
      if (isKept()) this.#kept.set(key, exchanged, this.clock.now() + lifetimeMs);
    } catch (error) {
      if (isKept()) this.#kept.delete(key);
      throw error;
    }
    return exchanged;
  }

  /** Forgets what a caller's token was exchanged for, as when the server has refused it. */
  forget(context: RequestContext, token: string): void {
    this.#kept.delete(keyOf(context, token));
  }

  async #ask(token: string): Promise<{ readonly token: string; readonly lifetimeMs: number }> {
    const { audience, resource, scope } = this.options;
    const answer = await openid.genericGrantRequest(this.#client, GRANT, {
      subject_token: token,
      subject_token_type: ACCESS_TOKEN,
      requested_token_type: ACCESS_TOKEN,
      ...(audience && { audience }),
      ...(resource && { resource }),
      ...(scope && { scope }),
    });
    const seconds = answer.expires_in;
    const lifetimeMs = seconds === undefined ? UNTOLD_MS : Math.min(seconds * 1000 - MARGIN_MS, LONGEST_MS);
    return { token: answer.access_token, lifetimeMs };
  }
}

/** The caller's token as a digest, so that it is not kept. */
function keyOf({ tenantId, userId }: RequestContext, token: string): string {
  return createHash('sha256')
    .update(JSON.stringify([tenantId, userId, token]))
    .digest('base64');
}
