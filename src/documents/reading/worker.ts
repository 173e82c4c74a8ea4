import { flushCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { DocumentError } from '../ingest/document-error.js';
import { readDocument, type DocumentLimits, type ReadDocument } from '../ingest/parse.js';

/** What a worker is started with. */
export interface ReadingOrder {
  readonly bytes: Uint8Array;
  readonly filename: string;
  readonly limits: DocumentLimits;
}

/** What a worker tells: pages that it has read, and how it has ended. */
export type ReadingMessage =
  | { readonly type: 'page'; readonly done: number; readonly of: number }
  | { readonly type: 'read'; readonly document: ReadDocument }
  | { readonly type: 'refused'; readonly reason: string };

const tell = (message: ReadingMessage): void => parentPort?.postMessage(message, []);

const { bytes, filename, limits } = workerData as ReadingOrder;
try {
  const onPage = (done: number, of: number): void => tell({ type: 'page', done, of });
  const document = await readDocument(bytes, filename, limits, onPage);
  // who is told ends the thread, which would forget what it has compiled; the next one finds it, where it is kept at all
  flushCompileCache();
  tell({ type: 'read', document });
} catch (error) {
  // anything else is a defect of ours, which ends the worker with its error
  if (!(error instanceof DocumentError)) throw error;
  tell({ type: 'refused', reason: error.message });
}
