import type { RequestContext } from '../auth/index.js';
import { DegradedRetrieval, type Passage, type Retriever, type RetrieveOptions } from '../retrieval/index.js';
import { readPageContext } from '../agents/prompt/page-context.js';
import type { DocumentStore } from './document-store.js';
import type { VectorIndex } from './vectors/vector-index.js';
import { cut } from '../chatkit/core/cut.js';

const MAX_HINTS = 1000;

/** Finds passages in the tenant's own documents by the full text search of PostgreSQL, and by their vectors. */
export class PostgresRetriever implements Retriever {
  constructor(
    private readonly documents: DocumentStore,
    private readonly vectors?: VectorIndex,
  ) {}

  async retrieve(
    query: string,
    context: RequestContext,
    { limit, signal }: RetrieveOptions,
  ): Promise<readonly Passage[]> {
    const meaning = await this.#vectorOf(query, signal);
    const passages = await this.#search(query, context, limit, meaning.vector);
    if (meaning.failure === undefined) return passages;
    throw new DegradedRetrieval(passages, meaning.failure);
  }

  async #vectorOf(
    query: string,
    signal: AbortSignal,
  ): Promise<{ readonly vector?: string | undefined; readonly failure?: unknown }> {
    try {
      return { vector: (await this.vectors?.vectorsOf([query], signal))?.[0] };
    } catch (failure) {
      return { failure };
    }
  }

  async #search(
    query: string,
    context: RequestContext,
    limit: number,
    vector: string | undefined,
  ): Promise<readonly Passage[]> {
    const found = await this.documents.search(searchable(query), hintsOf(context), limit, context, vector);
    return found.map(({ document_id, seq, title, heading, text, url, filename, score }) => ({
      id: `${document_id}:${seq}`,
      title,
      text: heading === '' || heading === title ? text : `${heading}\n\n${text}`,
      url: url ?? undefined,
      filename,
      score,
    }));
  }
}

/** What the page on the screen is about. */
function hintsOf({ metadata }: RequestContext): string {
  const { title = '', selection = '' } = readPageContext(metadata) ?? {};
  return searchable(cut(`${title} ${selection}`, MAX_HINTS));
}

/** As the database can take it. */
function searchable(text: string): string {
  return text.toWellFormed().replaceAll('\0', ' ');
}
