import type { RequestContext } from '../auth/index.js';
import { readPageContext, type Passage, type Retriever, type RetrieveOptions } from '../agents/index.js';
import type { DocumentStore } from './document-store.js';

const MAX_HINTS = 1000;

/** Finds passages in the tenant's own documents by the full text search of PostgreSQL. */
export class PostgresRetriever implements Retriever {
  constructor(private readonly documents: DocumentStore) {}

  async retrieve(
    query: string,
    context: RequestContext,
    { limit }: RetrieveOptions,
  ): Promise<readonly Passage[]> {
    const found = await this.documents.search(searchable(query), hintsOf(context), limit, context);
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
  return searchable(`${title} ${selection}`.slice(0, MAX_HINTS));
}

/** As the database can take it. */
function searchable(text: string): string {
  return text.toWellFormed().replaceAll('\0', ' ');
}
