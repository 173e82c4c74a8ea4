import type { KeyObject } from 'node:crypto';

/** The parts of a token's header that choose a key. */
export interface TokenHeader {
  readonly alg: string;
  readonly kid?: string;
}

/** Gives the key a token must have been signed with. */
export interface KeySource {
  /** The only algorithms tokens may use; fixed by the kind of key, never by the token. */
  readonly algorithms: readonly ('RS256' | 'ES256' | 'HS256')[];
  /**
   * @throws {InvalidTokenError} when no such key exists
   * @throws {KeysUnavailableError} when that cannot be found out now
   */
  keyFor(header: TokenHeader): Promise<KeyObject>;
}
