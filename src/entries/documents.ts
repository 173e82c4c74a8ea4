export { DocumentsConfig } from '../config/documents.config.js';
export {
  ChatKitDocumentsModule,
  DocumentsService,
  OpenAIEmbeddings,
  VectorIndex,
  type DocumentQuery,
  type DocumentUpload,
  type EmbeddingsProvider,
  type OpenAIEmbeddingsOptions,
} from '../documents/index.js';
