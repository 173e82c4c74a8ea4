import { getCompileCacheDir } from 'node:module';
import { dirname, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { hasCode } from '../../common/has-code.js';
import { DocumentError } from '../ingest/document-error.js';
import type { DocumentLimits, ReadDocument } from '../ingest/parse.js';
import type { ReadingMessage, ReadingOrder } from './worker.js';

/** Limits on the reading of one document. */
export interface ReaderLimits extends DocumentLimits {
  /** Milliseconds. */
  readonly timeoutMs: number;
  /** Megabytes of memory for objects. */
  readonly heapMegabytes: number;
}

/** Who stops a reading, and who hears how far it has come. */
export interface ReadingOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onPage?: (done: number, of: number) => void;
}

/** Where this file is read from its source, the worker is, too. */
const ENTRY = new URL(`./worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
const YOUNG_MEGABYTES = 32;
const STACK_MEGABYTES = 4;

/**
 * Reads each document in a thread of its own, which is ended with all its memory when it takes too long or too much:
 * nobody else waits for it.
 */
export class DocumentReader {
  constructor(private readonly limits: ReaderLimits) {}

  /**
   * @throws DocumentError when the document is none, or reaches a limit; the message says which
   * @throws the signal's reason when that stops it
   */
  async read(
    bytes: Uint8Array,
    filename: string,
    { signal, onPage }: ReadingOptions = {},
  ): Promise<ReadDocument> {
    signal?.throwIfAborted();
    const { timeoutMs, heapMegabytes, maxPages, maxInflatedBytes } = this.limits;
    const order: ReadingOrder = { bytes, filename, limits: { maxPages, maxInflatedBytes } };
    const compiled = getCompileCacheDir();
    const worker = new Worker(ENTRY, {
      workerData: order,
      // a document has no business with what the server is configured with
      env: compiled === undefined ? {} : { NODE_COMPILE_CACHE: dirname(compiled) },
      resourceLimits: {
        maxOldGenerationSizeMb: heapMegabytes,
        maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
        stackSizeMb: STACK_MEGABYTES,
      },
    });
    const outcome = Promise.withResolvers<ReadDocument>();
    const stop = (): void => outcome.reject(signal?.reason);
    const limit = setTimeout(() => {
      outcome.reject(new DocumentError(`the document takes longer than ${timeoutMs / 1000} s to read`));
    }, timeoutMs);
    signal?.addEventListener('abort', stop, { once: true });
    worker
      .on('message', (message: ReadingMessage) => {
        if (message.type === 'page') onPage?.(message.done, message.of);
        else if (message.type === 'read') outcome.resolve(message.document);
        else outcome.reject(new DocumentError(message.reason));
      })
      .on('error', (error) => outcome.reject(asRefusal(error, heapMegabytes)))
      .on('exit', () => outcome.reject(new Error('the worker ended without a word')));
    try {
      return await outcome.promise;
    } finally {
      clearTimeout(limit);
      signal?.removeEventListener('abort', stop);
      await worker.terminate();
    }
  }
}

function asRefusal(error: unknown, heapMegabytes: number): unknown {
  if (!hasCode(error, 'ERR_WORKER_OUT_OF_MEMORY')) return error;
  return new DocumentError(`the document takes more than ${heapMegabytes} MB of memory to read`);
}
