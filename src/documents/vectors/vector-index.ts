import type { SchemaExtension } from '../../store/index.js';
import type { EmbeddingsProvider } from './embeddings-provider.js';
import { findPgvector, makeVectorTable } from './vector-table.js';
import { vectorStatements } from './vector-statements.js';

/** There is no pgvector in the database, so that documents are searched by their words alone. */
export class PgvectorMissingError extends Error {
  override readonly name = 'PgvectorMissingError';
}

/** Keeps the vectors of a tenant's documents, where the database has pgvector. */
export class VectorIndex {
  #statements: ReturnType<typeof vectorStatements> | undefined;
  #missing = false;

  /** @param warn told once when there is no pgvector */
  constructor(
    readonly embeddings: EmbeddingsProvider,
    private readonly warn: (message: string) => void,
  ) {}

  /** Makes the table, where that can be done. */
  readonly extend: SchemaExtension = async (run, schema, grantee) => {
    const place = await findPgvector(run);
    if (place !== undefined) {
      const { dimensions } = this.embeddings;
      await makeVectorTable(run, schema, grantee, { place, dimensions });
      this.#statements ??= vectorStatements(place);
    } else if (!this.#missing) {
      this.warn(
        'Embeddings are configured, but the database has no extension “vector” and the login may not install it: ' +
          'documents are searched by their words alone',
      );
    }
    this.#missing = place === undefined;
  };

  /** Names what `extend` has made, for schemas that are to have the same. */
  readonly extendedTo = (): string => (this.#missing ? 'none' : `vectors ${this.embeddings.dimensions}`);

  /** Undefined until the table is there. */
  get statements(): ReturnType<typeof vectorStatements> | undefined {
    return this.#statements;
  }

  /**
   * Vectors as the database takes them, in the order of the texts.
   *
   * @throws PgvectorMissingError where they could not be kept, and what the provider throws
   */
  async vectorsOf(texts: readonly string[], signal?: AbortSignal): Promise<string[]> {
    if (this.#missing) throw new PgvectorMissingError('there is no pgvector');
    const vectors = await this.embeddings.embed(texts, signal);
    return vectors.map((vector) => `[${vector.join(',')}]`);
  }
}
