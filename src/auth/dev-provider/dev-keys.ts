import { randomBytes, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { keptSecret } from '../../common/kept-secret.js';
import type { JWK } from 'jose';

/** What the development provider signs with. */
export interface DevKeys {
  /** Private signing keys. */
  readonly jwks: { readonly keys: readonly JWK[] };
  /** Secrets that sign the provider's own cookies. */
  readonly cookieKeys: readonly string[];
}

async function makeKeys(): Promise<DevKeys> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: randomUUID() };
  return { jwks: { keys: [jwk] }, cookieKeys: [randomBytes(32).toString('base64url')] };
}

/** Keys of the development provider, kept in the data directory so that tokens survive a restart. */
export function devKeys(dataDir: string | undefined): Promise<DevKeys> {
  return keptSecret(dataDir, 'dev-provider-keys.json', makeKeys);
}
