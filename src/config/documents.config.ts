import { IsInt, Matches, Max, Min } from 'class-validator';
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
    description:
      'Most characters of text of an organisation’s documents together; a search reads all of them.',
  })
  @IsInt()
  @Min(10_000)
  @Max(1_000_000_000)
  readonly maxCharacters: number = 10_000_000;
}
