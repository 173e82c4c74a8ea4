import { randomUUID } from 'node:crypto';
import { on } from 'node:events';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { TenantScope } from '../../chatkit/core/index.js';
import { ScopeTally } from '../../common/scope-tally.js';
import { ClientGoneError, EndpointError } from '../../chatkit/http/endpoint-error.js';

/** A file as it came in, before anything is known of it. */
export interface IncomingFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

export interface IncomingLimits {
  readonly directory: string;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/** Uploads of one user at the same time; as many as a message may carry by default. */
const MAX_AT_ONCE = 10;
/** What a form may need beyond the file itself, in bytes. */
const FORM_OVERHEAD = 16 * 1024;
/** Chunks waiting to be written before the client is told to wait. */
const WAITING_CHUNKS = 16;

/** Where uploads arrive: on the disk of this machine, counted while they come. */
export class IncomingFiles {
  readonly #underWay = new ScopeTally();

  constructor(private readonly limits: IncomingLimits) {}

  /**
   * The content of the stream as a file. The stream is not destroyed, whatever happens: the refusal has to go
   * back on the same connection.
   *
   * @throws EndpointError payload_too_large, request_timeout or too_many_uploads
   * @throws ClientGoneError when the client leaves before the end
   */
  async receive(source: Readable, scope: TenantScope): Promise<IncomingFile> {
    const leave = this.#enter(scope);
    try {
      await mkdir(this.limits.directory, { recursive: true, mode: 0o700 });
      const path = join(this.limits.directory, randomUUID());
      try {
        return { path, size: await this.#write(source, path) };
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
    } finally {
      leave();
    }
  }

  /** Removes a file that nobody needs any more, if it is still there. */
  async discard({ path }: IncomingFile): Promise<void> {
    await rm(path, { force: true });
  }

  /** Removes what was left behind by processes that ended before that time, in milliseconds since the epoch. */
  async clean(before: number): Promise<void> {
    const names = await readdir(this.limits.directory).catch((): string[] => []);
    for (const name of names) {
      const path = join(this.limits.directory, name);
      const age = await stat(path).catch(() => undefined);
      if (age !== undefined && age.mtimeMs < before) await rm(path, { force: true });
    }
  }

  /**
   * Refuses a form that is too long to hold a file of the right size.
   *
   * @throws EndpointError payload_too_large, naming the field
   */
  requireFormSize(bytes: number): void {
    if (bytes > this.limits.maxBytes + FORM_OVERHEAD) throw this.#tooLarge();
  }

  #tooLarge(): EndpointError {
    const message = `file: larger than ${this.limits.maxBytes} bytes`;
    return new EndpointError('payload_too_large', message, {}, 'file');
  }

  #enter(scope: TenantScope): () => void {
    if (this.#underWay.ofUser(scope) >= MAX_AT_ONCE) {
      throw new EndpointError('too_many_uploads', `No more than ${MAX_AT_ONCE} uploads at the same time`);
    }
    return this.#underWay.take(scope);
  }

  async #write(source: Readable, path: string): Promise<number> {
    if (source.destroyed) throw new ClientGoneError('The client left while sending its file');
    const signal = AbortSignal.timeout(this.limits.timeoutMs);
    const file = await open(path, 'wx', 0o600);
    try {
      let size = 0;
      const chunks = on(source, 'data', {
        signal,
        close: ['end', 'close'],
        highWaterMark: WAITING_CHUNKS,
        lowWaterMark: 1,
      });
      for await (const [chunk] of chunks as AsyncIterable<[Buffer]>) {
        size += chunk.length;
        if (size > this.limits.maxBytes) throw this.#tooLarge();
        await file.writeFile(chunk);
      }
      if (!source.readableEnded) throw new ClientGoneError('The client left while sending its file');
      await file.sync();
      return size;
    } catch (error) {
      if (signal.aborted) throw new EndpointError('request_timeout', 'The file did not come in time');
      throw error;
    } finally {
      await file.close();
    }
  }
}
