import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../common/clock.js';
import { NotFoundError, type TenantScope } from '../chatkit/core/index.js';
import { EndpointError } from '../chatkit/http/endpoint-error.js';

/** What a link lets its bearer do; one for one purpose serves no other. */
export type LinkPurpose = 'upload' | 'preview';

/** Whom a link is for. */
export interface LinkScope extends TenantScope {
  /** Set where the link works in this session alone. */
  readonly sessionId?: string | undefined;
}

/** Stands before what a link says that is bound to a session. */
const BOUND = 's';

/**
 * Signatures for links that need no token: bound to purpose, attachment, tenant, user and time, and to a session where
 * there is one.
 */
export class SignedLinks {
  readonly #keys: readonly [current: Uint8Array, ...previous: Uint8Array[]];

  /** @param secrets the one that signs, and those whose links still work */
  constructor(
    [secret, ...previous]: readonly [string, ...string[]],
    private readonly clock: Pick<Clock, 'now'>,
  ) {
    this.#keys = [keyFrom(secret), ...previous.map(keyFrom)];
  }

  /** What to put in the link. `expiresAt` in milliseconds since the epoch. */
  sign(purpose: LinkPurpose, attachmentId: string, scope: LinkScope, expiresAt: number): string {
    const { tenantId, userId, sessionId } = scope;
    const claims = JSON.stringify([tenantId, userId, Math.floor(expiresAt / 1000)]);
    const payload = (sessionId === undefined ? '' : BOUND) + Buffer.from(claims).toString('base64url');
    const [key] = this.#keys;
    return `${payload}.${mac(key, [purpose, attachmentId, payload, sessionId]).toString('base64url')}`;
  }

  /**
   * On whose behalf the link was signed, and until when it works, in milliseconds since the epoch.
   *
   * @param sessionId of the session that the link is used in
   * @throws NotFoundError when it was not signed here, for something else, another attachment or another session
   * @throws EndpointError link_expired
   */
  open(
    purpose: LinkPurpose,
    attachmentId: string,
    token: string,
    sessionId?: string,
  ): { scope: TenantScope; expiresAt: number } {
    const [payload = '', signature = '', ...rest] = token.split('.');
    const given = Buffer.from(signature, 'base64url');
    // the letter cannot begin the base64 of what is signed, which is a list
    const bound = payload.startsWith(BOUND);
    const signed = [purpose, attachmentId, payload, bound ? sessionId : undefined];
    if (rest.length > 0 || !this.#keys.some((key) => same(given, mac(key, signed)))) {
      throw new NotFoundError('Attachment');
    }
    const claims: unknown = JSON.parse(
      Buffer.from(payload.slice(bound ? BOUND.length : 0), 'base64url').toString(),
    );
    const [tenantId, userId, seconds] = claims as [string, string, number];
    const expiresAt = seconds * 1000;
    if (expiresAt <= this.clock.now()) throw new EndpointError('link_expired', 'This link has expired');
    return { scope: { tenantId, userId }, expiresAt };
  }
}

function keyFrom(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'chatkit attachments', 32));
}

function mac(key: Uint8Array, signed: readonly unknown[]): Buffer {
  return createHmac('sha256', key).update(JSON.stringify(signed)).digest();
}

function same(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}
