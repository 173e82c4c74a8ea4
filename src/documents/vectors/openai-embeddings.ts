import type OpenAI from 'openai';
import type { EmbeddingsProvider } from './embeddings-provider.js';

/** Which embeddings API is used, and how. */
export interface OpenAIEmbeddingsOptions {
  readonly apiKey: string;
  /** Default: OpenAI's own. */
  readonly baseUrl?: string | undefined;
  readonly model: string;
  /** Asked for where it is given; otherwise the model's own, which has to be 1536. */
  readonly dimensions?: number | undefined;
}

const DEFAULT_DIMENSIONS = 1536;
const AT_ONCE = 64;
const TIMEOUT_MS = 30_000;

/** The embeddings API of OpenAI, or any that is compatible. */
export class OpenAIEmbeddings implements EmbeddingsProvider {
  readonly model: string;
  readonly dimensions: number;
  #client: Promise<OpenAI> | undefined;
  readonly #asked: { readonly dimensions?: number };

  constructor(private readonly options: OpenAIEmbeddingsOptions) {
    const { model, dimensions } = options;
    this.model = model;
    this.dimensions = dimensions ?? DEFAULT_DIMENSIONS;
    this.#asked = dimensions === undefined ? {} : { dimensions };
  }

  /** @throws RangeError when the answer does not fit what was asked, and what the client throws */
  async embed(texts: readonly string[], signal?: AbortSignal): Promise<readonly (readonly number[])[]> {
    const client = await (this.#client ??= this.#open());
    const vectors: (readonly number[])[] = [];
    for (let start = 0; start < texts.length; start += AT_ONCE) {
      const input = texts.slice(start, start + AT_ONCE);
      const { data } = await client.embeddings.create(
        { model: this.model, input, encoding_format: 'float', ...this.#asked },
        { signal },
      );
      const ordered = data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
      if (ordered.length !== input.length) throw new RangeError('not one vector for each text');
      vectors.push(...ordered);
    }
    if (vectors.some(({ length }) => length !== this.dimensions)) {
      throw new RangeError(`vectors of another length than ${this.dimensions}`);
    }
    return vectors;
  }

  /** The client is large, and most of what opens a database makes no vectors. */
  async #open(): Promise<OpenAI> {
    const { default: Client } = await import('openai');
    const { apiKey, baseUrl } = this.options;
    return new Client({
      apiKey,
      ...(baseUrl !== undefined && { baseURL: baseUrl }),
      timeout: TIMEOUT_MS,
      maxRetries: 1,
      logLevel: 'off',
    });
  }
}
