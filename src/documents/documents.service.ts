import { basename, extname } from 'node:path';
import type { FairTurns } from '../common/fair-turns.js';
import { systemClock, type Clock } from '../common/clock.js';
import { InvalidRequestError, UnavailableError, type TenantScope } from '../chatkit/core/index.js';
import { isStorableText } from '../chatkit/core/text.js';
import type { DocumentsConfig } from '../config/documents.config.js';
import { MAX_SOURCE_BYTES, MAX_TITLE } from './document-bounds.js';
import type { DocumentPage, DocumentQuery, DocumentStore, StoredDocument } from './document-store.js';
import type { Chunk } from './ingest/chunks.js';
import { DocumentError } from './ingest/document-error.js';
import type { ReadDocument } from './ingest/parse.js';
import { DocumentReader } from './reading/document-reader.js';
import { readingTurns } from './reading/reading-turns.js';
import { UploadsUnderWay, type UploadProgress, type UploadUnderWay } from './reading/uploads-under-way.js';
import { PgvectorMissingError, type VectorIndex } from './vectors/vector-index.js';
import { cut } from '../chatkit/core/cut.js';

/** A document as somebody hands it in. */
export interface DocumentUpload {
  readonly bytes: Uint8Array;
  readonly filename: string;
  /** What it replaces when it comes again. Default: its address, else its filename. */
  readonly source?: string | undefined;
  /** Default: what the document calls itself, else its filename without the ending. */
  readonly title?: string | undefined;
  /** Where readers find it. */
  readonly url?: string | undefined;
  /** Default: what the configuration says. */
  readonly language?: string | undefined;
}

const MAX_FILENAME = 255;

/** Takes in documents, lists them and removes them, each for one tenant. */
export class DocumentsService {
  readonly #reader: DocumentReader;
  readonly #turns: FairTurns;
  readonly #uploads: UploadsUnderWay;

  constructor(
    private readonly store: DocumentStore,
    private readonly config: DocumentsConfig,
    private readonly vectors?: VectorIndex,
    clock: Pick<Clock, 'now'> = systemClock,
  ) {
    this.#reader = new DocumentReader(config);
    this.#turns = readingTurns(config.readingAtOnce, config.maxWaiting);
    this.#uploads = new UploadsUnderWay(clock);
  }

  /**
   * Reads a document and stores it in place of the one from the same source, if there is one. It is read in a thread of
   * its own, when it is the organisation's turn.
   *
   * @param signal gives it up
   * @throws InvalidRequestError when it cannot be read within the limits, is too large, comes from a source that cannot
   *   be stored, or is one too many
   * @throws UnavailableError when too many others of the organisation wait, or the database or the embeddings provider
   *   is not there
   * @throws the signal's reason once that has fired
   */
  async ingest(upload: DocumentUpload, scope: TenantScope, signal?: AbortSignal): Promise<StoredDocument> {
    this.checkSize(upload.bytes.length);
    const filename = cleanName(basename(upload.filename), MAX_FILENAME) || 'document';
    const source = sourceOf(upload, filename);
    const progress = this.#uploads.begin(filename, upload.bytes.length, scope);
    try {
      const read = await this.#turns.take(
        scope,
        () => this.#read(upload.bytes, filename, progress, signal),
        signal,
      );
      progress.storing();
      return await this.#save({ ...upload, filename, source }, read, scope, signal);
    } finally {
      progress.end();
    }
  }

  /** The documents that this process is taking in for the organisation, the oldest first. */
  underWay(scope: Pick<TenantScope, 'tenantId'>): readonly UploadUnderWay[] {
    return this.#uploads.of(scope);
  }

  async #save(
    upload: DocumentUpload & { readonly source: string },
    { format, title, chunks }: ReadDocument,
    scope: TenantScope,
    signal: AbortSignal | undefined,
  ): Promise<StoredDocument> {
    const { filename, source, url, language = this.config.language } = upload;
    const name = upload.title ?? title ?? basename(filename, extname(filename));
    const document = {
      source,
      title: cleanName(name, MAX_TITLE) || filename,
      url: url ?? null,
      filename,
      format,
      language,
      chunks,
      bytes: upload.bytes.length,
      vectors: await this.#vectorsOf(chunks),
    };
    return this.store.save(document, scope, signal);
  }

  /** @throws InvalidRequestError when a document of that many bytes is too large */
  checkSize(bytes: number): void {
    const { maxBytes } = this.config;
    if (bytes > maxBytes) throw new InvalidRequestError(`must not be larger than ${maxBytes} bytes`, 'file');
  }

  /** Whether there is a document from that source. */
  has(source: string, scope: TenantScope): Promise<boolean> {
    return this.store.has(source, scope);
  }

  /** A page of the tenant's documents, the newest first. */
  list(query: DocumentQuery, scope: TenantScope): Promise<DocumentPage> {
    return this.store.list(query, scope);
  }

  /** @returns false when the tenant has no such document */
  remove(id: string, scope: TenantScope): Promise<boolean> {
    return this.store.delete(id, scope);
  }

  /** None where there is no pgvector; a provider that does not answer is worth another try. */
  async #vectorsOf(chunks: readonly Chunk[]): Promise<readonly string[]> {
    try {
      const texts = chunks.map(({ heading, text }) => `${heading}\n${text}`.trim());
      return (await this.vectors?.vectorsOf(texts)) ?? [];
    } catch (error) {
      if (error instanceof PgvectorMissingError) return [];
      throw new UnavailableError('the embeddings provider does not answer as it should');
    }
  }

  async #read(
    bytes: Uint8Array,
    filename: string,
    progress: UploadProgress,
    signal: AbortSignal | undefined,
  ): Promise<ReadDocument> {
    progress.reading();
    try {
      const onPage = (done: number, of: number): void => progress.page(done, of);
      return await this.#reader.read(bytes, filename, { signal, onPage });
    } catch (error) {
      throw error instanceof DocumentError ? new InvalidRequestError(error.message, 'file') : error;
    }
  }
}

/** It tells documents apart, so that nothing of it may be lost. */
function sourceOf({ source, url }: DocumentUpload, filename: string): string {
  const given = source ?? url ?? filename;
  const name = isStorableText(given) ? cleanName(given, given.length) : '';
  if (name !== '' && Buffer.byteLength(name) <= MAX_SOURCE_BYTES) return name;
  const field = source === undefined ? 'url' : 'source';
  throw new InvalidRequestError(`${field} must be 1 to ${MAX_SOURCE_BYTES} bytes of valid text`, field);
}

/** On one line, as a `text` column can hold it. */
function cleanName(name: string, max: number): string {
  return cut(name, max)
    .replaceAll(/[\s\0]+/g, ' ')
    .trim();
}
