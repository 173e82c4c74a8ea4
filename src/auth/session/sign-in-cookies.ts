import { Inject, Injectable } from '@nestjs/common';
import { systemClock, type Clock } from '../../common/clock.js';
import { AUTH_OPTIONS } from '../auth.options.js';
import { Sealer } from './sealer.js';
import { cookiesOf, SessionCookie } from './session-cookie.js';
import type { IncomingMessage } from 'node:http';
import type { AuthOptions } from '../auth.options.js';

const LIFETIME_SECONDS = 600;
const MAX_PENDING = 5;

/** What has to be remembered between leaving for the provider and coming back. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  /** The PKCE verifier. */
  readonly verifier: string;
  readonly returnTo: string;
}

/** Sign-ins under way, each in a short-lived encrypted cookie of its own so that several tabs can do it. */
@Injectable()
export class SignInCookies {
  private readonly prefix: string;
  private readonly clock: Pick<Clock, 'now'>;

  constructor(
    @Inject(AUTH_OPTIONS) options: AuthOptions,
    private readonly sealer: Sealer,
    private readonly cookies: SessionCookie,
  ) {
    this.prefix = options.publicUrl.startsWith('https:') ? '__Host-chatkit-signin-' : 'chatkit_signin_';
    this.clock = options.clock ?? systemClock;
  }

  /** `Set-Cookie` values that begin a sign-in and drop those never finished, should they pile up. */
  async begin(request: IncomingMessage, pending: PendingSignIn): Promise<string[]> {
    const expiresAt = this.clock.now() + LIFETIME_SECONDS * 1000;
    const sealed = await this.sealer.seal('sign-in', { ...pending }, expiresAt);
    const others = Object.keys(cookiesOf(request)).filter((name) => name.startsWith(this.prefix));
    const dropped = others.length < MAX_PENDING ? [] : others.map((name) => this.drop(name));
    return [...dropped, this.cookies.setCookie(this.nameFor(pending.state), sealed, LIFETIME_SECONDS)];
  }

  /** The sign-in a callback belongs to, or undefined when this browser did not begin it. */
  async find(request: IncomingMessage, state: string): Promise<PendingSignIn | undefined> {
    const sealed = cookiesOf(request)[this.nameFor(state)];
    const value = sealed === undefined ? undefined : await this.sealer.open('sign-in', sealed);
    if (value === undefined || value['state'] !== state) return undefined;
    return value as unknown as PendingSignIn;
  }

  /** A `Set-Cookie` value that ends a sign-in, whichever way it went. */
  end(state: string): string {
    return this.drop(this.nameFor(state));
  }

  private nameFor(state: string): string {
    return `${this.prefix}${state.replaceAll(/[^\w-]/g, '').slice(0, 12)}`;
  }

  private drop(name: string): string {
    return this.cookies.setCookie(name, '', 0);
  }
}
