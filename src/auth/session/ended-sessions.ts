import { Inject, Injectable, Optional } from '@nestjs/common';
import { decodeJwt } from 'jose';
import { BoundedMap } from '../../common/bounded-map.js';
import { systemClock, type Clock } from '../../common/clock.js';
import { ChatKitLogger } from '../../common/logging/chatkit-logger.js';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import { identityOf } from '../tokens/claims.js';
import { CHATKIT_SESSION_ENDS, type SessionEnds, type SessionOwner } from './session-ends.port.js';
import type { Session } from './sessions.port.js';

/** Sessions that are remembered, whether as ended or as going on. */
const MAX_SESSIONS = 20_000;
/** How long a session that goes on is not asked about again: so late other instances learn that it has ended. */
const FRESH_MS = 5_000;

/** Which sessions have ended before their time. Asks for each session now and then, not for each request. */
@Injectable()
export class EndedSessions {
  readonly #logger = new ChatKitLogger('Auth');
  readonly #clock: Pick<Clock, 'now'>;
  readonly #ended: BoundedMap<string, true>;
  readonly #goingOn: BoundedMap<string, Promise<boolean>>;

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    @Optional() @Inject(CHATKIT_SESSION_ENDS) private readonly ends?: SessionEnds,
  ) {
    this.#clock = options.clock ?? systemClock;
    this.#ended = new BoundedMap(MAX_SESSIONS, this.#clock);
    this.#goingOn = new BoundedMap(MAX_SESSIONS, this.#clock);
  }

  /** Ends a session: here at once, elsewhere within seconds, as long as the place where that is kept can be reached. */
  async end(session: Session, until: number): Promise<void> {
    this.#ended.set(session.id, true, until);
    this.#goingOn.delete(session.id);
    try {
      await this.ends?.add(session.id, until, this.#ownerOf(session));
    } catch (error) {
      this.#logger.warn('a session has ended on this instance alone', { error });
    }
  }

  /** Whether the session has ended; one that cannot be asked about goes on. */
  has(session: Session): boolean | Promise<boolean> {
    const { id } = session;
    if (this.#ended.get(id)) return true;
    if (this.ends === undefined) return false;
    const known = this.#goingOn.get(id);
    if (known !== undefined) return known;
    const asked = this.#ask(this.ends, session);
    this.#goingOn.set(id, asked, this.#clock.now() + FRESH_MS);
    return asked;
  }

  async #ask(ends: SessionEnds, session: Session): Promise<boolean> {
    const { id, tokenEnd } = session;
    try {
      if (await ends.has(id, this.#ownerOf(session))) this.#ended.set(id, true, tokenEnd);
    } catch (error) {
      this.#logger.debug('it cannot be known whether a session has ended', { error });
    }
    // it may have been ended here while it was asked about
    return this.#ended.get(id) === true;
  }

  /** A session holds a token alone that was verified when it began. */
  #ownerOf({ token }: Session): SessionOwner {
    const { tenantId, userId } = identityOf(decodeJwt(token), this.options.claims);
    return { tenantId, userId };
  }
}
