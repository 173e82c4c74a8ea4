import type { RequestContext } from '../auth/index.js';
import { DegradedRetrieval, type Passage, type Retriever, type RetrieveOptions } from '../retrieval/index.js';
import { readPageContext } from '../agents/prompt/page-context.js';
import type { DocumentStore } from './document-store.js';
import type { FoundRow } from './search/search-statements.js';
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
    { limit, signal, timeoutMs }: RetrieveOptions,
  ): Promise<readonly Passage[]> {
    const meaning = await this.#vectorOf(query, signal);
    const asked = { question: searchable(query), hints: hintsOf(context), limit, timeoutMs };
    const found = await this.documents.search({ ...asked, vector: meaning.vector }, context.with({ signal }));
    const passages = found.map(passageOf);
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
}

function passageOf({ document_id, seq, title, heading, text, url, filename, score }: FoundRow): Passage {
  return {
    id: `${document_id}:${seq}`,
    title,
    text: heading === '' || heading === title ? text : `${heading}\n\n${text}`,
    url: url ?? undefined,
    filename,
    score,
  };
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
