import { createSecretKey } from 'node:crypto';
import type { KeySource } from './key-source.js';

/** One shared secret, for HS256 and for nothing else. */
export function secretKey(secret: string): KeySource {
  const key = createSecretKey(secret, 'utf8');
  return { algorithms: ['HS256'], keyFor: () => Promise.resolve(key) };
}
