import { hkdfSync, randomBytes } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';
import { systemClock, type Clock } from '../../common/clock.js';
import { isRecord } from '../../common/is-record.js';
import { keptSecret } from '../../common/kept-secret.js';
import type { AuthOptions } from '../auth.options.js';

/** What a sealed text is for; one purpose's text never opens as another's. */
export type SealPurpose = 'session' | 'sign-in';

/** Values that can be sealed. */
export type Sealable = Readonly<Record<string, string | number>>;

/** Encrypts small values for the keeping of browsers: unreadable, unforgeable, and void after a while. */
export class Sealer {
  private constructor(
    private readonly key: Uint8Array,
    /** Opens what was sealed before the secret was changed. */
    private readonly previous: Uint8Array | undefined,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Uses the configured secrets, or makes one and keeps it if there is a place for it. */
  static async create(options: AuthOptions): Promise<Sealer> {
    const secret =
      options.signIn?.sessionSecret ??
      (await keptSecret(options.dataDir, 'session-secret.json', () =>
        Promise.resolve(randomBytes(32).toString('base64url')),
      ));
    const previous = options.signIn?.previousSessionSecret;
    return new Sealer(
      keyFrom(secret),
      previous === undefined ? undefined : keyFrom(previous),
      options.clock ?? systemClock,
    );
  }

  /** @param expiresAt milliseconds since the epoch after which it no longer opens */
  async seal(purpose: SealPurpose, value: Sealable, expiresAt: number): Promise<string> {
    return new EncryptJWT({ v: value })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setAudience(purpose)
      .setExpirationTime(Math.floor(expiresAt / 1000))
      .encrypt(this.key);
  }

  /** What was sealed, or undefined when it was not sealed here, for something else, or too long ago. */
  async open(purpose: SealPurpose, text: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const opened = await this.openWith(this.key, purpose, text);
    if (opened !== undefined || this.previous === undefined) return opened;
    return this.openWith(this.previous, purpose, text);
  }

  private async openWith(
    key: Uint8Array,
    purpose: SealPurpose,
    text: string,
  ): Promise<Readonly<Record<string, unknown>> | undefined> {
    try {
      const { payload } = await jwtDecrypt(text, key, {
        audience: purpose,
        currentDate: new Date(this.clock.now()),
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      });
      const value = payload['v'];
      return isRecord(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }
}

function keyFrom(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'chatkit session', 32));
}
