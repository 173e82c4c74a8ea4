export { DegradedRetrieval } from './degraded-retrieval.js';
export { Retrieval } from './retrieval.js';
export { RetrievalHealth, type RetrievalStatus } from './retrieval-health.js';
export { CHATKIT_RETRIEVER, type Passage, type RetrieveOptions, type Retriever } from './retriever.js';
export { withCitations } from './with-citations.js';
export { RetrievalIndicator } from './retrieval.indicator.js';
