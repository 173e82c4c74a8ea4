import type { SchemaFeature } from '../store/index.js';
import { CreateDocuments1763900200000 } from './1763900200000-create-documents.js';
import { FindPieces1764350000000 } from './search/1764350000000-find-pieces.js';
import { KeepSizes1764330100000 } from './1764330100000-keep-sizes.js';
import { HoldDocuments1764300300000 } from './1764300300000-hold-documents.js';
import type { VectorIndex } from './vectors/vector-index.js';

/** The tables of documents, and that of their vectors where there are some. */
export function documentsSchema(vectors?: VectorIndex): SchemaFeature {
  return {
    migrations: [
      CreateDocuments1763900200000,
      HoldDocuments1764300300000,
      KeepSizes1764330100000,
      FindPieces1764350000000,
    ],
    tables: [
      'documents',
      'document_chunks',
      'document_search',
      ...(vectors === undefined ? [] : ['document_embeddings']),
    ],
    exported: [
      {
        table: 'documents',
        kind: 'document',
        columns: [
          'id',
          'source',
          'title',
          'url',
          'filename',
          'format',
          'language',
          'characters',
          'bytes',
          'chunks',
          'created_at',
          'updated_at',
        ],
        key: ['id'],
      },
      {
        table: 'document_chunks',
        kind: 'passage',
        columns: ['document_id', 'seq', 'heading', 'text'],
        key: ['document_id', 'seq'],
      },
    ],
    extend: vectors?.extend,
    extendedTo: vectors?.extendedTo,
  };
}
