import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { StringDecoder } from 'node:string_decoder';
import { SIGNAL_BYTES } from '../../common/signals/signals.port.js';
import { encodeEvent, threadStreamEvent, type ThreadStreamEvent } from '../core/index.js';

const CIPHER = 'aes-256-gcm';
const TAG_BYTES = 16;
/** An initialisation vector is a salt, which every piece begins with, and the number of the piece. */
const SALT_BYTES = 8;
const NUMBER_BYTES = 4;
/** What fits into a signal as base64, with its salt and its tag. */
const PIECE_BYTES = Math.floor((SIGNAL_BYTES / 4) * 3) - SALT_BYTES - TAG_BYTES - 3;
/** Stands for the end of an answer. */
const END = 'null';
/** Most characters of one event; what is longer is no event of ours. */
const MOST_CHARACTERS = 16_000_000;

/**
 * Events of an answer on their way to another replica, in numbered pieces. Whoever reads what is notified in the
 * database reads none of it: the key is made of the thread's id, which no signal names.
 */
export class EventSealer {
  readonly #key: Buffer;
  /** Whoever can notify can have an answer passed on to one topic again and again, and the key be used for each. */
  readonly #salt = randomBytes(SALT_BYTES);
  #pieces = 0;

  constructor(key: string, topic: string) {
    this.#key = keyOf(key, topic);
  }

  /** @param events undefined is the end; none makes one piece, too */
  *seal(events: readonly (ThreadStreamEvent | undefined)[]): IterableIterator<string> {
    const lines = events.map((event) => `${event === undefined ? END : encodeEvent(event)}\n`);
    const bytes = Buffer.from(lines.join(''));
    let at = 0;
    do {
      yield this.#piece(bytes.subarray(at, at + PIECE_BYTES));
      at += PIECE_BYTES;
    } while (at < bytes.length);
  }

  #piece(bytes: Buffer): string {
    const cipher = createCipheriv(CIPHER, this.#key, ivOf(this.#salt, this.#pieces++));
    const sealed = [cipher.update(bytes), cipher.final(), cipher.getAuthTag()];
    return Buffer.concat([this.#salt, ...sealed]).toString('base64');
  }
}

/** Reads what an `EventSealer` has made. */
export class EventOpener {
  readonly #key: Buffer;
  readonly #decoder = new StringDecoder();
  #salt: Buffer | undefined;
  #pieces = 0;
  #rest = '';

  constructor(key: string, topic: string) {
    this.#key = keyOf(key, topic);
  }

  /**
   * The events that a piece completes; undefined is the end.
   *
   * @throws for a piece that is not the next one of this answer
   */
  open(piece: string): (ThreadStreamEvent | undefined)[] {
    const bytes = Buffer.from(piece, 'base64');
    this.#salt ??= bytes.subarray(0, SALT_BYTES);
    const sealed = bytes.subarray(SALT_BYTES);
    const iv = ivOf(this.#salt, this.#pieces++);
    const decipher = createDecipheriv(CIPHER, this.#key, iv, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    const text = Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
    const lines = `${this.#rest}${this.#decoder.write(text)}`.split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > MOST_CHARACTERS) throw new RangeError('an event is too long');
    return lines.map((line) => (line === END ? undefined : threadStreamEvent.parse(JSON.parse(line))));
  }
}

function keyOf(key: string, topic: string): Buffer {
  return createHash('sha256').update(`${topic}\n${key}`).digest();
}

/** Never the same twice: a key that is used for it again has another salt. */
function ivOf(salt: Buffer, piece: number): Buffer {
  const number = Buffer.alloc(NUMBER_BYTES);
  number.writeUInt32BE(piece);
  return Buffer.concat([salt, number]);
}
