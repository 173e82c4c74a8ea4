import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { NotFoundError, type TenantScope } from '../chatkit/core/index.js';
import { EndpointError } from '../chatkit/http/endpoint-error.js';

/** What a link lets its bearer do; one for one purpose serves no other. */
export type LinkPurpose = 'upload' | 'preview';

/**
 * Signatures for links that work without a session: bound to purpose, attachment, tenant, user and time.
 */
export class SignedLinks {
  readonly #key: Uint8Array;

  /** @param now milliseconds since the epoch */
  constructor(
    secret: string,
    private readonly now: () => number,
  ) {
    this.#key = new Uint8Array(hkdfSync('sha256', secret, '', 'chatkit attachments', 32));
  }

  /** What to put in the link. `expiresAt` in milliseconds since the epoch. */
  sign(purpose: LinkPurpose, attachmentId: string, scope: TenantScope, expiresAt: number): string {
    const claims = JSON.stringify([scope.tenantId, scope.userId, Math.floor(expiresAt / 1000)]);
    const payload = Buffer.from(claims).toString('base64url');
    return `${payload}.${this.#mac(purpose, attachmentId, payload).toString('base64url')}`;
  }

  /**
   * On whose behalf the link was signed, and until when it works, in milliseconds since the epoch.
   *
   * @throws NotFoundError when it was not signed here, for something else or for another attachment
   * @throws EndpointError link_expired
   */
  open(purpose: LinkPurpose, attachmentId: string, token: string): { scope: TenantScope; expiresAt: number } {
    const [payload = '', mac = '', ...rest] = token.split('.');
    const given = Buffer.from(mac, 'base64url');
    const expected = this.#mac(purpose, attachmentId, payload);
    if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new NotFoundError('Attachment');
    }
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const [tenantId, userId, seconds] = claims as [string, string, number];
    const expiresAt = seconds * 1000;
    if (expiresAt <= this.now()) throw new EndpointError('link_expired', 'This link has expired');
    return { scope: { tenantId, userId }, expiresAt };
  }

  #mac(purpose: LinkPurpose, attachmentId: string, payload: string): Buffer {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([purpose, attachmentId, payload]))
      .digest();
  }
}
