import type { Clock } from '../../common/clock.js';
import { Logger } from '@nestjs/common';
import { cut } from '../../chatkit/core/cut.js';
import { OperatorError } from '../../chatkit/core/errors.js';
import { UnavailableError } from '../../chatkit/core/index.js';
import { ClientGoneError, EndpointError } from '../../chatkit/http/endpoint-error.js';
import { reasonOf, type LastError } from '../failure-reason.js';
import type { FileScanner, ScannedFile, ScanVerdict } from './file-scanner.port.js';
import { Turns } from './turns.js';

/** Most characters of a scanner's reason that the log shows. */
const MAX_REASON = 200;

/** The scanner has not answered in time. */
class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

export interface ScanLimits {
  /** Milliseconds one file may wait and be looked at. */
  readonly timeoutMs: number;
  /** Files that are looked at at the same time. */
  readonly atOnce: number;
}

/** Asks the scanner about files, and lets none pass that it has not called clean. */
export class FileScans {
  readonly #logger = new Logger('Attachments');
  readonly #turns: Turns;
  #lastError: LastError | undefined;

  constructor(
    private readonly scanner: FileScanner,
    private readonly limits: ScanLimits,
    private readonly clock: Clock,
  ) {
    this.#turns = new Turns(limits.atOnce);
  }

  /** How the scanner has failed when it was asked last; undefined when it has not. */
  get lastError(): LastError | undefined {
    return this.#lastError;
  }

  /**
   * @param gone aborts when the client leaves
   * @throws EndpointError file_refused, or that too many wait
   * @throws UnavailableError when the scanner fails or takes too long
   * @throws ClientGoneError
   */
  async requireClean(file: ScannedFile, gone: AbortSignal): Promise<void> {
    let verdict: ScanVerdict;
    try {
      verdict = checked(await this.#verdict(file, gone));
    } catch (error) {
      if (gone.aborted) throw new ClientGoneError('The client left while its file was scanned');
      if (error instanceof EndpointError) throw error;
      throw this.#failed(error, file);
    }
    this.#lastError = undefined;
    if (verdict.clean) return;
    const { tenantId, userId, attachmentId } = file;
    const reason = cut(verdict.reason, MAX_REASON);
    this.#logger.warn({ message: 'a file was refused', reason, tenantId, userId, attachmentId });
    throw new EndpointError('file_refused', 'This file is not accepted: it may be harmful', {}, 'file');
  }

  /** Does not wait for a scanner once the signal that it was given has aborted. */
  async #verdict(file: ScannedFile, gone: AbortSignal): Promise<ScanVerdict> {
    const stop = new AbortController();
    const settled = new AbortController();
    const stopped = rejection(stop.signal);
    const leave = (): void => stop.abort(gone.reason);
    const timeOver = this.#timeOver(settled.signal, stop);
    if (gone.aborted) leave();
    gone.addEventListener('abort', leave, { once: true });
    // a scanner that goes on after the client has left keeps its turn, as long as there is time: clients that come
    // and go would have it do any number of scans at once
    const turn = this.#turns
      .take(file, stop.signal, () => Promise.race([this.#ask(file, stop.signal), timeOver]))
      .finally(() => settled.abort());
    try {
      return await Promise.race([turn, stopped]);
    } finally {
      gone.removeEventListener('abort', leave);
    }
  }

  async #ask(file: ScannedFile, signal: AbortSignal): Promise<ScanVerdict> {
    return this.scanner.scan(file, signal);
  }

  /** Rejects, and aborts `stop`, once the time is over; never where `settled` comes first. */
  #timeOver(settled: AbortSignal, stop: AbortController): Promise<never> {
    const over = new Promise<never>((_resolve, reject) => {
      const end = (error: unknown): void => {
        if (settled.aborted) return;
        stop.abort(error);
        reject(error);
      };
      this.clock
        .sleep(this.limits.timeoutMs, settled)
        .then(() => end(new TimeoutError('The scan took too long')))
        .catch(end);
    });
    over.catch(() => undefined);
    return over;
  }

  #failed(cause: unknown, { tenantId, attachmentId }: ScannedFile): UnavailableError {
    const reason = reasonOf(cause);
    if (this.#lastError?.reason !== reason) {
      this.#logger.warn({ message: 'files cannot be scanned', reason, tenantId, attachmentId });
    }
    this.#lastError = { reason, at: new Date(this.clock.now()).toISOString() };
    const error = new UnavailableError('Files cannot be checked at the moment');
    error.cause = cause;
    return error;
  }
}

/** Rejects with the signal's reason when it aborts. */
function rejection(signal: AbortSignal): Promise<never> {
  const rejected = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  rejected.catch(() => undefined);
  return rejected;
}

/** Scanners are written by others: what is no verdict must not pass for one. */
function checked(verdict: ScanVerdict | null | undefined): ScanVerdict {
  if (verdict?.clean === true || verdict?.clean === false) return verdict;
  throw new OperatorError('The scanner gave no verdict');
}
