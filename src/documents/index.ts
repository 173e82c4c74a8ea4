export { DocumentsCommand, parseOrder } from './command/documents-command.js';
export { DocumentStore, type DocumentQuery } from './document-store.js';
export { ChatKitDocumentsModule } from './documents.module.js';
export { DocumentsService, type DocumentUpload } from './documents.service.js';
export { PostgresRetriever } from './postgres-retriever.js';
export type { EmbeddingsProvider } from './vectors/embeddings-provider.js';
export { OpenAIEmbeddings, type OpenAIEmbeddingsOptions } from './vectors/openai-embeddings.js';
export { VectorIndex } from './vectors/vector-index.js';
