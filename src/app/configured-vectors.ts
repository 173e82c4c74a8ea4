import { ChatKitLogger } from '../common/logging/chatkit-logger.js';
import type { AppConfig } from '../config/app.config.js';
import { OpenAIEmbeddings } from '../documents/vectors/openai-embeddings.js';
import { VectorIndex } from '../documents/vectors/vector-index.js';

/** Where documents are found by meaning, if that is configured; the API of the model serves unless another is named. */
export function configuredVectors({
  agents,
  documents,
}: Pick<AppConfig, 'agents' | 'documents'>): VectorIndex | undefined {
  const { embeddingsModel: model, embeddingsDimensions: dimensions } = documents;
  if (model === undefined) return undefined;
  const apiKey = documents.embeddingsApiKey ?? agents.apiKey ?? 'none';
  const baseUrl = documents.embeddingsBaseUrl ?? agents.baseUrl;
  const logger = new ChatKitLogger('Documents');
  const embeddings = new OpenAIEmbeddings({ apiKey, baseUrl, model, dimensions });
  return new VectorIndex(embeddings, (message) => logger.warn(message));
}
