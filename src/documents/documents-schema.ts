import type { SchemaFeature } from '../store/index.js';
import { CreateDocuments1763900200000 } from './1763900200000-create-documents.js';
import type { VectorIndex } from './vectors/vector-index.js';

/** The tables of documents, and that of their vectors where there are some. */
export function documentsSchema(vectors?: VectorIndex): SchemaFeature {
  return {
    migrations: [CreateDocuments1763900200000],
    tables: [
      { name: 'documents' },
      { name: 'document_chunks' },
      { name: 'document_search', isDerived: true },
      ...(vectors === undefined ? [] : [{ name: 'document_embeddings', isDerived: true, isOptional: true }]),
    ],
    extend: vectors?.extend,
    extendedTo: vectors?.extendedTo,
  };
}
