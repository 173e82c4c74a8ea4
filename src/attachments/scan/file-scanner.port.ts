import type { TenantScope } from '../../chatkit/core/index.js';

/** A file that somebody has uploaded, complete, and whose content is of the type it claims. */
export interface ScannedFile extends TenantScope {
  /** Of the attachment that it becomes if it is clean. */
  readonly attachmentId: string;
  /** Where it is on this machine's disk, until the scan has ended; its name there says nothing. */
  readonly path: string;
  /** What its user calls it. */
  readonly name: string;
  /** Media type. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
}

/** What a scanner says of a file; the reason is for the log, where neither names nor content of files belong. */
export type ScanVerdict = { readonly clean: true } | { readonly clean: false; readonly reason: string };

/** Looks for what must not be kept in a file, malware for instance. */
export interface FileScanner {
  /**
   * Called before the file is kept. While it fails, or does not answer in time, no files are taken.
   *
   * @param signal aborts when the time is over or the client has left
   */
  scan(file: ScannedFile, signal: AbortSignal): Promise<ScanVerdict>;
}

/** Injection token of the {@link FileScanner}. */
export const FILE_SCANNER = Symbol('FILE_SCANNER');
