export {
  DocumentStore,
  type DocumentLimits,
  type DocumentPage,
  type NewDocument,
  type StoredDocument,
} from './document-store.js';
export { DocumentsModule } from './documents.module.js';
export { DocumentsService, type DocumentUpload } from './documents.service.js';
export { EXTENSIONS } from './ingest/format.js';
export { PostgresRetriever } from './postgres-retriever.js';
