import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { BoundedMap } from '../../common/bounded-map.js';

/** Seconds after which nobody takes a signal any more; both sides look at the clock of the database every ten seconds. */
const LIFETIME = 60;
/** Connections of others of which is remembered how far they have come; the one that has said nothing for longest gives way. */
const MOST_SESSIONS = 1000;
/** Seal, connection, number on that connection, time, and what was said. */
const SEALED = /^([\w-]{43})\.([\w-]{16})\.(\d{1,15})\.(\d{1,15})\.([^]*)$/;

/**
 * Seals what is said on one connection, and opens what others have sealed. Every login of a database may notify: what has no
 * seal by the key, what comes a second time or late, and what another session of the database says again are not taken.
 */
export class SignalSeal {
  readonly #session = randomBytes(12).toString('base64url');
  readonly #last = new BoundedMap<string, number>(MOST_SESSIONS);
  #said = 0;

  /**
   * @param pid number of the database's process that serves this connection, which it tells everybody with each notification
   * @param now seconds by the clock of the database, which the owner keeps up to date
   */
  constructor(
    private readonly key: Buffer,
    private readonly pid: number,
    public now: number,
  ) {}

  seal(topic: string, message: string): string {
    this.#said += 1;
    const sealed = `${this.#session}.${this.#said}.${this.now}.${message}`;
    return `${this.#sealOf(topic, this.pid, sealed).toString('base64url')}.${sealed}`;
  }

  /**
   * @param pid of the process that has notified
   * @returns what was said; undefined for what is not to be taken
   */
  open(topic: string, text: string, pid: number): string | undefined {
    const [, seal = '', session = '', number, time, message] = SEALED.exec(text) ?? [];
    const expected = this.#sealOf(topic, pid, text.slice(seal.length + 1));
    const given = Buffer.from(seal, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    if (Number(time) < this.now - LIFETIME || Number(number) <= (this.#last.get(session) ?? 0))
      return undefined;
    this.#last.set(session, Number(number));
    return message;
  }

  #sealOf(topic: string, pid: number, sealed: string): Buffer {
    return createHmac('sha256', this.key).update(`${topic}\n${pid}\n${sealed}`).digest();
  }
}
