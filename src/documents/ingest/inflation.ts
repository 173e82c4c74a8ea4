import { DocumentError } from './document-error.js';

/** Arrays below this size are not counted: there are many of them, and they are small together. */
const COUNTED_BYTES = 64 * 1024;
/** A decoder without streams doubles its array as it goes, and copies what it has. */
const COPIES = 4;

/**
 * Bounds what a library inflates, in a worker of its own: a small file can hold a thousand times its size. The
 * library's own errors do not count; it may go on with what it has.
 */
export class Inflation {
  #streamed = 0;
  #allocated = 0;
  #exceeded = false;
  readonly #maxBytes: number;

  /** @param maxBytes of all that one document inflates to */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Has streams and large arrays counted from now on, for the rest of the worker's life. */
  watch(): void {
    const { DecompressionStream: Stream, Uint8Array: Bytes } = globalThis;
    const counted = (stream: DecompressionStream): DecompressionStream => this.#counted(stream);
    const allocate = (bytes: number): void => this.#allocate(bytes);
    globalThis.DecompressionStream = new Proxy(Stream, {
      construct: (target, args: ConstructorParameters<typeof Stream>) => counted(new target(...args)),
    });
    globalThis.Uint8Array = new Proxy(Bytes, {
      construct: (target, args: unknown[], newTarget: unknown) => {
        if (typeof args[0] === 'number') allocate(args[0]);
        const made = newTarget === globalThis.Uint8Array ? target : (newTarget as typeof target);
        return Reflect.construct(target, args, made) as object;
      },
    });
  }

  /** @throws DocumentError when there was more */
  assertWithin(): void {
    if (this.#exceeded) throw this.#tooMuch();
  }

  #counted(stream: DecompressionStream): DecompressionStream {
    const count = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        this.#streamed += chunk.length;
        if (this.#streamed > this.#maxBytes) this.#exceed();
        controller.enqueue(chunk);
      },
    });
    const readable = stream.readable.pipeThrough(count);
    return { readable, writable: stream.writable };
  }

  #allocate(bytes: number): void {
    if (bytes < COUNTED_BYTES) return;
    this.#allocated += bytes;
    if (bytes > this.#maxBytes || this.#allocated > COPIES * this.#maxBytes) this.#exceed();
  }

  #exceed(): never {
    this.#exceeded = true;
    throw this.#tooMuch();
  }

  #tooMuch(): DocumentError {
    return new DocumentError(`the document inflates to more than ${this.#maxBytes} bytes`);
  }
}
