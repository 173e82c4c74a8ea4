import { KeyObject } from 'node:crypto';
import { ChatKitLogger } from '../../common/logging/chatkit-logger.js';
import type { Clock } from '../../common/clock.js';
import { hasCode } from '../../common/has-code.js';
import { InvalidTokenError, KeysUnavailableError } from '../auth.errors.js';
import { fetchJson } from './fetch-json.js';
import { RefreshBudget } from './refresh-budget.js';
import type { createLocalJWKSet, JSONWebKeySet } from 'jose';
import type { KeySource, TokenHeader } from './key-source.js';

type KeySet = ReturnType<typeof createLocalJWKSet>;

const MAX_AGE_MS = 10 * 60_000;
/** How much longer known keys serve while their source cannot be reached. */
const STALE_MS = 60 * 60_000;
const RETRY_MS = 1_000;
const UNKNOWN_KEY_BURST = 5;
const UNKNOWN_KEY_INTERVAL_MS = 10_000;
const MIN_RSA_BITS = 2048;
/** By which jose says that none of the keys is the one. */
const NO_MATCHING_KEY = 'ERR_JWKS_NO_MATCHING_KEY';

/** Where published keys are found. */
export interface PublishedKeysOptions {
  readonly issuer: string;
  /** Without it, the issuer's discovery document says where. */
  readonly jwksUri?: string;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * The keys a provider publishes, fetched when first needed and kept. A token with an unknown key makes it look
 * again, at a bounded rate, so that rotation is followed but nobody can make this server hammer the provider.
 */
export class PublishedKeys implements KeySource {
  readonly algorithms = ['RS256', 'ES256'] as const;
  private readonly logger = new ChatKitLogger('Auth');
  private readonly budget: RefreshBudget;
  private keys: { readonly set: KeySet; readonly fetchedAt: number } | undefined;
  private loading: Promise<KeySet> | undefined;
  private failedAt = Number.NEGATIVE_INFINITY;
  private jwksUri: string | undefined;

  constructor(private readonly options: PublishedKeysOptions) {
    this.jwksUri = options.jwksUri;
    this.budget = new RefreshBudget(UNKNOWN_KEY_BURST, UNKNOWN_KEY_INTERVAL_MS, options.clock);
  }

  async keyFor(header: TokenHeader): Promise<KeyObject> {
    const found = await this.lookUp(await this.current(), header);
    if (found !== undefined) return found;
    const refreshed = this.budget.take() ? await this.lookUp(await this.load(), header) : undefined;
    if (refreshed === undefined) throw new InvalidTokenError('The token was signed with an unknown key');
    return refreshed;
  }

  private async lookUp(set: KeySet, header: TokenHeader): Promise<KeyObject | undefined> {
    try {
      const key = KeyObject.from(await set({ ...header }));
      const bits = key.asymmetricKeyDetails?.modulusLength;
      if (bits !== undefined && bits < MIN_RSA_BITS) {
        throw new InvalidTokenError('The token was signed with a key that is too short');
      }
      return key;
    } catch (cause) {
      if (hasCode(cause, NO_MATCHING_KEY)) return undefined;
      if (cause instanceof InvalidTokenError) throw cause;
      throw new InvalidTokenError('The key of the token cannot be determined', { cause });
    }
  }

  private async current(): Promise<KeySet> {
    const known = this.keys;
    const age = known === undefined ? Number.POSITIVE_INFINITY : this.options.clock.now() - known.fetchedAt;
    if (known !== undefined && age < MAX_AGE_MS) return known.set;
    try {
      return await this.load();
    } catch (error) {
      if (known !== undefined && age < STALE_MS) return known.set;
      throw error;
    }
  }

  private load(): Promise<KeySet> {
    this.loading ??= this.fetch().finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  private async fetch(): Promise<KeySet> {
    const { clock } = this.options;
    if (clock.now() - this.failedAt < RETRY_MS)
      throw new KeysUnavailableError('The keys could not be fetched');
    try {
      this.jwksUri ??= await this.discover();
      // whoever verifies with a secret of their own does without
      const [{ createLocalJWKSet }, keys] = await Promise.all([import('jose'), fetchJson(this.jwksUri)]);
      const set = createLocalJWKSet(keys as unknown as JSONWebKeySet);
      this.keys = { set, fetchedAt: clock.now() };
      return set;
    } catch (cause) {
      this.failedAt = clock.now();
      const reason = cause instanceof KeysUnavailableError ? cause.cause : cause;
      this.logger.warn('The identity provider’s keys cannot be fetched', { reason: String(reason) });
      throw new KeysUnavailableError('The keys could not be fetched', { cause });
    }
  }

  private async discover(): Promise<string> {
    const base = this.options.issuer.replace(/\/$/, '');
    const document = await fetchJson(`${base}/.well-known/openid-configuration`);
    const { issuer, jwks_uri: uri } = document;
    if (issuer !== this.options.issuer) throw new Error('the discovery document names another issuer');
    if (typeof uri !== 'string') throw new Error('the discovery document names no keys');
    if (base.startsWith('https:') && !uri.startsWith('https:')) {
      throw new Error('the discovery document names keys that are not encrypted on their way');
    }
    return uri;
  }
}
