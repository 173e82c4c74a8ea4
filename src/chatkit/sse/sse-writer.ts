import type { ServerResponse } from 'node:http';
import { PacedWriter, PIECE } from '../http/paced-writer.js';
import type { Frames } from './frames.js';

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
  'x-content-type-options': 'nosniff',
};
const HEARTBEAT = ': heartbeat\n\n';

/** How much, in characters and events, may come together before the writer must wait for the event loop's next turn. */
const TURN_LENGTH = PIECE;
const TURN_EVENTS = 256;

/**
 * Writes one stream of server-sent events. The first event leaves at once; later ones leave together at the end of a
 * frame, or with one that is urgent at the end of this turn of the event loop. What `push` returns must be awaited: it is
 * how a slow reader slows the writer down, and how an eager writer lets others have their turn.
 */
export class SseWriter {
  #buffer = '';
  #events = 0;
  #sent = 0;
  #inFrame = false;
  #inTurn = false;
  #quiet = true;
  #closed = false;
  #turn: PromiseWithResolvers<void> | undefined;
  readonly #writer: PacedWriter;

  constructor(
    private readonly response: ServerResponse,
    private readonly frames: Pick<Frames, 'atEnd'>,
    stallTimeoutMs: number,
  ) {
    this.#writer = new PacedWriter(response, stallTimeoutMs);
  }

  /** Events that were given to the connection. */
  get events(): number {
    return this.#sent;
  }

  /** Whether the client was cut off since it took nothing. */
  get isStalled(): boolean {
    return this.#writer.isStalled;
  }

  /** Sends the headers and, with them, the first event. */
  open(first: string | undefined): void {
    if (this.#closed) return;
    this.response.writeHead(200, HEADERS);
    if (first === undefined) {
      this.response.flushHeaders();
      return;
    }
    this.#sent = 1;
    this.#write(frame(first));
  }

  /** Takes the JSON text of an event. Gives a promise when the writer must wait before the next. */
  push(json: string, isUrgent = false): Promise<void> | undefined {
    if (!this.#closed) this.#buffer += frame(json);
    this.#events++;
    const isFull = this.#events >= TURN_EVENTS || this.#buffer.length >= TURN_LENGTH;
    if (isUrgent || isFull) this.#leaveWithTurn();
    else this.#leaveWithFrame();
    if (this.#writer.room !== undefined) return this.#writer.room;
    if (!isFull) return undefined;
    this.#turn ??= Promise.withResolvers<void>();
    return this.#turn.promise;
  }

  /** Called at a steady pace: says something when nothing was said since the last call. */
  beat(): void {
    const silent = this.#quiet && this.#buffer === '' && this.#writer.room === undefined;
    this.#quiet = true;
    if (silent && !this.#closed) this.#write(HEARTBEAT);
  }

  /** Sends what is left and ends the answer. */
  end(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#buffer !== '') this.#writer.write(this.#buffer);
    this.#buffer = '';
    this.#sent += this.#events;
    this.#events = 0;
    this.#writer.end();
  }

  /** The client is gone: what is still pushed goes nowhere, and nothing waits for it to be read. */
  close(): void {
    this.#closed = true;
    this.#buffer = '';
    this.#writer.close();
  }

  #leaveWithTurn(): void {
    if (this.#inTurn) return;
    this.#inTurn = true;
    setImmediate(this.#endTurn);
  }

  #leaveWithFrame(): void {
    if (this.#inFrame || this.#inTurn) return;
    this.#inFrame = true;
    this.frames.atEnd(this.#endFrame);
  }

  readonly #endTurn = (): void => {
    this.#inTurn = false;
    this.#flush();
    this.#turn?.resolve();
    this.#turn = undefined;
  };

  readonly #endFrame = (): void => {
    this.#inFrame = false;
    this.#flush();
  };

  #flush(): void {
    const text = this.#buffer;
    this.#buffer = '';
    if (!this.#closed) this.#sent += this.#events;
    this.#events = 0;
    if (text !== '' && !this.#closed) this.#write(text);
  }

  #write(text: string): void {
    this.#quiet = false;
    this.#writer.write(text);
  }
}

function frame(json: string): string {
  return `data: ${json}\n\n`;
}
