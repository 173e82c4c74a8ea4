import type { ServerResponse } from 'node:http';

/** Bytes that are given to the connection at once; the next follow when the client has made room for them. */
export const PIECE = 64 * 1024;

/**
 * Writes an answer no faster than its client reads, and cuts off a client that takes nothing for too long. Of what it
 * is given, no more than a piece waits in the connection.
 */
export class PacedWriter {
  #text = '';
  #bytes = Buffer.alloc(0);
  #ending = false;
  #closed = false;
  #room: PromiseWithResolvers<void> | undefined;
  #stall: NodeJS.Timeout | undefined;
  #isStalled = false;

  constructor(
    private readonly response: ServerResponse,
    private readonly stallTimeoutMs: number,
  ) {}

  /** Whether the client was cut off since it took nothing. */
  get isStalled(): boolean {
    return this.#isStalled;
  }

  /** Resolves once the client has made room for more; undefined while there is room. */
  get room(): Promise<void> | undefined {
    return this.#room?.promise;
  }

  write(text: string): void {
    if (this.#closed) return;
    if (this.#room === undefined && text.length <= PIECE) {
      if (!this.response.write(text)) this.#wait();
      return;
    }
    this.#text += text;
    if (this.#room === undefined) this.#goOn();
  }

  /** Ends the answer once everything is written. */
  end(): void {
    if (this.#closed) return;
    this.#ending = true;
    if (this.#room === undefined) this.#finish();
  }

  /** The client is gone: what is left goes nowhere, and nobody waits for it to be read. */
  close(): void {
    this.#closed = true;
    this.#text = '';
    this.#bytes = Buffer.alloc(0);
    this.#settle();
  }

  #wait(): void {
    this.#room ??= Promise.withResolvers<void>();
    this.response.once('drain', this.#goOn);
    this.#stall = setTimeout(this.#giveUp, this.stallTimeoutMs);
    this.#stall.unref();
  }

  /** Where this process was busy itself, what the client has read meanwhile is looked at first. */
  readonly #giveUp = (): void => {
    const late = this.#stall;
    setImmediate(() => {
      if (this.#room === undefined || this.#stall !== late) return;
      this.#isStalled = true;
      this.response.destroy();
    });
  };

  readonly #goOn = (): void => {
    clearTimeout(this.#stall);
    while (this.#text !== '' || this.#bytes.length > 0) {
      if (this.#bytes.length === 0) {
        this.#bytes = Buffer.from(this.#text);
        this.#text = '';
      }
      const piece = this.#bytes.subarray(0, PIECE);
      this.#bytes = this.#bytes.subarray(PIECE);
      if (!this.response.write(piece)) return this.#wait();
    }
    this.#settle();
    if (this.#ending) this.#finish();
  };

  #settle(): void {
    clearTimeout(this.#stall);
    this.response.off('drain', this.#goOn);
    this.#room?.resolve();
    this.#room = undefined;
  }

  #finish(): void {
    this.#closed = true;
    this.response.end();
    releaseStalled(this.response, this.stallTimeoutMs);
  }
}

/** Gives a client that has its whole answer, but does not read it, a limited time before it is cut off. */
export function releaseStalled(response: ServerResponse, stallTimeoutMs: number): void {
  if (response.destroyed || response.socket === null || response.socket.writableLength === 0) return;
  const timer = setTimeout(() => response.destroy(), stallTimeoutMs);
  timer.unref();
  const clear = (): void => clearTimeout(timer);
  response.once('finish', clear).once('close', clear);
}
