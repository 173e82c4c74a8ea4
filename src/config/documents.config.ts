import { IsInt, IsOptional, IsUrl, Matches, Max, MaxLength, Min } from 'class-validator';
import { Env } from './validate.js';

/** The documents that answers are taken from, and how much of them there may be. */
export class DocumentsConfig {
  @Env('CHATKIT_DOCUMENTS_LANGUAGE', {
    description:
      'Language of documents that name none, as a text search configuration of PostgreSQL: `english`, `german`, `simple` …',
  })
  @Matches(/^[a-z][a-z0-9_]{0,62}$/, { message: 'must be the name of a text search configuration' })
  readonly language: string = 'english';

  @Env('CHATKIT_DOCUMENT_BYTES', { description: 'Largest document in bytes.' })
  @IsInt()
  @Min(1024)
  @Max(104_857_600)
  readonly maxBytes: number = 10_485_760;

  @Env('CHATKIT_DOCUMENTS_MAX', { description: 'Most documents of an organisation.' })
  @IsInt()
  @Min(1)
  @Max(100_000)
  readonly maxDocuments: number = 1000;

  @Env('CHATKIT_DOCUMENTS_CHARACTERS', {
    description: 'Most characters of an organisation’s documents together, each passage with its headings.',
  })
  @IsInt()
  @Min(10_000)
  @Max(1_000_000_000)
  readonly maxCharacters: number = 10_000_000;

  @Env('CHATKIT_RETRIEVAL_CONNECTIONS', {
    description:
      'Database connections that searches of documents use at the same time, those of one organisation half of them; ' +
      'one of CHATKIT_POOL_MAX is always left to others.',
  })
  @IsInt()
  @Min(1)
  @Max(1000)
  readonly searchConnections: number = 4;

  @Env('CHATKIT_DOCUMENTS_AT_ONCE', {
    description: 'Documents that are read at the same time, of one organisation one at a time.',
  })
  @IsInt()
  @Min(1)
  @Max(64)
  readonly readingAtOnce: number = 2;

  @Env('CHATKIT_DOCUMENTS_WAITING', {
    description: 'Documents of one organisation that may wait to be read.',
  })
  @IsInt()
  @Min(1)
  @Max(1000)
  readonly maxWaiting: number = 10;

  @Env('CHATKIT_DOCUMENT_TIMEOUT_MS', { description: 'Milliseconds that reading a document may take.' })
  @IsInt()
  @Min(100)
  @Max(600_000)
  readonly timeoutMs: number = 30_000;

  @Env('CHATKIT_DOCUMENT_HEAP_MB', { description: 'Megabytes of memory that reading a document may take.' })
  @IsInt()
  @Min(32)
  @Max(8192)
  readonly heapMegabytes: number = 256;

  @Env('CHATKIT_DOCUMENT_INFLATED_BYTES', {
    description: 'Bytes that what is packed in a document may inflate to.',
  })
  @IsInt()
  @Min(1_048_576)
  @Max(1_073_741_824)
  readonly maxInflatedBytes: number = 134_217_728;

  @Env('CHATKIT_DOCUMENT_PAGES', { description: 'Most pages of a PDF.' })
  @IsInt()
  @Min(1)
  @Max(100_000)
  readonly maxPages: number = 2000;

  @Env('CHATKIT_EMBEDDINGS_MODEL', {
    description:
      'Name of an embeddings model: documents are then found by meaning, too, where the database has pgvector.',
  })
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,200}$/, { message: 'must be a model name without spaces, 200 characters at most' })
  readonly embeddingsModel?: string;

  @Env('CHATKIT_EMBEDDINGS_DIMENSIONS', {
    description: 'Length of its vectors, asked of the API where it is set.',
    defaultText: '1536',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(16_000)
  readonly embeddingsDimensions?: number;

  @Env('CHATKIT_EMBEDDINGS_BASE_URL', {
    description: 'Address of the embeddings API, for anything that is compatible with OpenAI’s.',
    defaultText: '`OPENAI_BASE_URL`',
  })
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  readonly embeddingsBaseUrl?: string;

  @Env('CHATKIT_EMBEDDINGS_API_KEY', {
    description: 'Key of the embeddings API.',
    defaultText: '`OPENAI_API_KEY`',
    secret: true,
  })
  @IsOptional()
  @MaxLength(4096)
  readonly embeddingsApiKey?: string;
}
