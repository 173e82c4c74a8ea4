import { randomUUID } from 'node:crypto';
import { InvalidRequestError, type TenantScope } from '../chatkit/core/index.js';
import { isStorableId, isStorableText, storableText } from '../chatkit/core/text.js';
import { sqlState } from '../store/connection/connection-errors.js';
import type { FairTurns } from '../common/fair-turns.js';
import type { ReadingScope, Statement, StoredLimits, UnitOfWork } from '../store/index.js';
import * as statements from './document-statements.js';
import type { DocumentRow } from './document-statements.js';
import type { Chunk } from './ingest/chunks.js';
import { pieceBatches, type PieceBatch } from './piece-batches.js';
import { beginSearch, searchChunks, type FoundRow } from './search/search-statements.js';
import { searchTurns } from './search/search-turns.js';
import type { VectorIndex } from './vectors/vector-index.js';

/** A document of a tenant. */
export type StoredDocument = DocumentRow;

/** What is stored of a document, its text in pieces. */
export interface NewDocument extends Pick<
  DocumentRow,
  'source' | 'title' | 'url' | 'filename' | 'format' | 'language'
> {
  readonly chunks: readonly Chunk[];
  /** Of its file. Default: not known. */
  readonly bytes?: number;
  /** Of each piece, see VectorIndex. Default: none. */
  readonly vectors?: readonly string[];
}

/** How much a tenant may have. */
export interface DocumentLimits {
  readonly maxDocuments: number;
  /** Characters of all its documents together, with the headings that each piece repeats. */
  readonly maxCharacters: number;
  /** Database connections of searches at the same time; one of those there are is always left to others. */
  readonly searchConnections: number;
}

/** What is looked for. */
export interface DocumentSearch {
  readonly question: string;
  /** Words of its surroundings. */
  readonly hints: string;
  /** Most pieces. */
  readonly limit: number;
  /** Milliseconds that the database may take. */
  readonly timeoutMs: number;
  /** Of the question, to find by meaning as well. */
  readonly vector?: string | undefined;
}

/** Which documents are asked for. */
export interface DocumentQuery {
  /** Most of them. */
  readonly limit: number;
  /** Id that the page starts after; one that is not there gives an empty page. */
  readonly after?: string | undefined;
  /** Part of their title or source, in any case. */
  readonly search?: string | undefined;
}

/** A page of documents, the newest first. */
export interface DocumentPage {
  readonly data: readonly StoredDocument[];
  readonly has_more: boolean;
  /** Id to go on after; absent on the last page. */
  readonly after?: string | undefined;
}

/**
 * The documents of tenants in PostgreSQL. All members of a tenant may read them; who may change them is for the
 * caller to check.
 *
 * @throws UnavailableError from every method while the database is not there
 */
export class DocumentStore {
  readonly #searches: FairTurns;

  constructor(
    private readonly unitOfWork: Pick<UnitOfWork, 'connections' | 'pipeline' | 'read' | 'run'>,
    private readonly limits: DocumentLimits,
    private readonly vectors?: VectorIndex,
    private readonly stored?: StoredLimits,
  ) {
    const most = Math.max(1, unitOfWork.connections - 1);
    this.#searches = searchTurns(Math.min(limits.searchConnections, most));
  }

  /**
   * Stores a document in place of the one from the same source, if there is one; that keeps its id. It is one unit of work of
   * as many statements as its length asks for: readers find the whole of it or what was there before.
   *
   * @param signal gives it up between two statements, and nothing of it is kept
   * @throws InvalidRequestError where the tenant would have more than its limits allow, or when PostgreSQL does
   *   not know the language
   * @throws LimitReachedError where the tenant may keep no more bytes of files
   * @throws the signal's reason once that has fired
   */
  async save(
    { chunks, bytes, vectors = [], ...document }: NewDocument,
    scope: TenantScope,
    signal?: AbortSignal,
  ): Promise<StoredDocument> {
    const { tenantId } = scope;
    const { source, title, url, filename, format, language } = document;
    const { maxDocuments, maxCharacters } = this.limits;
    const characters = chunks.reduce((sum, { heading, text }) => sum + heading.length + text.length, 0);
    const limit = await this.stored?.check('files', scope);
    const stored = this.unitOfWork.run(scope, async (transaction) => {
      const [, { rows }] = await transaction.query(
        statements.lockDocuments(tenantId),
        statements.upsertDocument(
          ...([tenantId, source, `doc_${randomUUID().replaceAll('-', '')}`] as const),
          ...([title, url, filename, format, language, characters, chunks.length, bytes ?? null] as const),
          ...([maxDocuments, maxCharacters] as const),
        ),
      );
      const [stored] = rows;
      if (stored === undefined) {
        throw new InvalidRequestError(
          `the organisation may have ${maxDocuments} documents with ${maxCharacters} characters; delete some first`,
          'file',
        );
      }
      let waiting: readonly Statement<unknown>[] = [statements.deleteChunks(tenantId, stored.id)];
      for (const batch of pieceBatches(chunks, vectors)) {
        if (batch.offset > 0) {
          await transaction.query(...waiting);
          waiting = [];
        }
        signal?.throwIfAborted();
        waiting = [...waiting, ...this.#storing(batch, tenantId, stored.id)];
      }
      await transaction.finish(...waiting, ...(limit?.statements ?? []));
      return stored;
    });
    return stored.catch(limit?.refused).catch(unknownLanguage);
  }

  /** Whether there is a document from that source. */
  async has(source: string, scope: TenantScope): Promise<boolean> {
    if (!isStorableText(source)) return false;
    const [{ rows }] = await this.unitOfWork.read(scope, statements.selectSource(scope.tenantId, source));
    return rows.length > 0;
  }

  async list({ limit, after, search }: DocumentQuery, scope: ReadingScope): Promise<DocumentPage> {
    const which = [scope.tenantId, limit + 1, storableText(search ?? '')] as const;
    const [{ rows }] = await this.unitOfWork.read(
      scope,
      after === undefined ? statements.documentPage(...which) : statements.documentPageAfter(...which, after),
    );
    const has_more = rows.length > limit;
    const data = rows.slice(0, limit);
    return has_more ? { data, has_more, after: data.at(-1)?.id } : { data, has_more };
  }

  /** @returns false when the tenant has no such document */
  async delete(id: string, scope: TenantScope): Promise<boolean> {
    if (!isStorableId(id)) return false;
    const [{ rows }] = await this.unitOfWork.pipeline(scope, statements.deleteDocument(scope.tenantId, id));
    return rows.length > 0;
  }

  /**
   * The pieces of the tenant's documents that answer a question best, in one round trip when it is the tenant's turn.
   *
   * @throws UnavailableError also when too many searches wait, or when it takes too long
   * @throws the scope's signal's reason once that has fired
   */
  async search(asked: DocumentSearch, scope: ReadingScope): Promise<readonly FoundRow[]> {
    const { tenantId } = scope;
    const { question, hints, limit, timeoutMs, vector } = asked;
    const { statements: near, embeddings } = this.vectors ?? {};
    const words = [tenantId, question, hints] as const;
    const [, { rows }] = await this.#searches.take(
      scope,
      () =>
        this.unitOfWork.read(
          scope,
          beginSearch(String(timeoutMs)),
          near === undefined || embeddings === undefined || vector === undefined
            ? searchChunks(...words, limit)
            : near.search(...words, limit, embeddings.model, vector),
        ),
      scope.signal,
    );
    return rows;
  }

  #storing({ headings, texts, vectors, offset }: PieceBatch, tenantId: string, id: string) {
    const { statements: near, embeddings } = this.vectors ?? {};
    const pieces = statements.insertChunks(tenantId, id, headings, texts, offset);
    if (near === undefined || embeddings === undefined || vectors.length === 0) return [pieces];
    return [pieces, near.insert(tenantId, id, embeddings.model, vectors, offset)];
  }
}

/** What PostgreSQL answers to a text search configuration that it does not have. */
const UNDEFINED_OBJECT = '42704';

function unknownLanguage(error: unknown): never {
  if (sqlState(error) !== UNDEFINED_OBJECT) throw error;
  throw new InvalidRequestError('must be a text search configuration of the database', 'language');
}
