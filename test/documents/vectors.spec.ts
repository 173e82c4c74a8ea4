import { DegradedRetrieval } from '../../src/retrieval/index.js';
import { RequestContext } from '../../src/auth/index.js';
import { DocumentsConfig } from '../../src/config/documents.config.js';
import {
  DocumentsService,
  DocumentStore,
  OpenAIEmbeddings,
  PostgresRetriever,
  VectorIndex,
} from '../../src/documents/index.js';
import { documentsSchema } from '../../src/documents/documents-schema.js';
import { statement } from '../../src/store/index.js';
import { createEmptyDatabase, openStore } from '../support/database.js';
import { startEmbeddingsServer, type EmbeddingsServer } from './support/embeddings-server.js';
import { startVectorDatabase, type VectorDatabase } from './support/pgvector.js';

const ADA = new RequestContext({ tenantId: 'aurora', userId: 'ada' });
const CLARA = new RequestContext({ tenantId: 'borealis', userId: 'clara' });
const count = statement<[], { readonly count: number }>(
  'test_embeddings',
  'SELECT count(*)::int AS count FROM document_embeddings',
);

describe('documents with vectors', () => {
  let server: EmbeddingsServer;
  let database: VectorDatabase;
  let documents: DocumentsService;
  let retriever: PostgresRetriever;
  const warnings: string[] = [];

  const vectorsWith = (dimensions: number): VectorIndex => {
    const options = { apiKey: 'key', baseUrl: server.url, model: 'embed-1', dimensions };
    return new VectorIndex(new OpenAIEmbeddings(options), (message) => warnings.push(message));
  };
  const open = (vectors: VectorIndex, unitOfWork: VectorDatabase['unitOfWork']): void => {
    const config = new DocumentsConfig();
    const store = new DocumentStore(unitOfWork, config, vectors);
    documents = new DocumentsService(store, config, vectors);
    retriever = new PostgresRetriever(store, vectors);
  };
  const add = (scope: RequestContext, filename: string, text: string) =>
    documents.ingest({ bytes: Buffer.from(text), filename }, scope);
  const find = async (query: string, scope = ADA): Promise<string[]> => {
    const options = { limit: 3, signal: scope.signal, timeoutMs: 10_000 };
    return (await retriever.retrieve(query, scope, options)).map(({ text }) => text);
  };

  async function seen(scope: RequestContext): Promise<number | undefined> {
    const [{ rows }] = await database.unitOfWork.pipeline(scope, count());
    return rows[0]?.count;
  }

  beforeAll(async () => {
    server = await startEmbeddingsServer();
    database = await startVectorDatabase();
    const vectors = vectorsWith(4);
    await vectors.extend(database.run, 'chatkit', '"chatkit_app"');
    open(vectors, database.unitOfWork);
    await add(ADA, 'parking.md', 'Leave your car behind the building.');
    await add(ADA, 'dogs.md', 'Dogs wait outside.');
    await add(ADA, 'canteen.md', 'The canteen opens at noon. Puppy classes meet upstairs.');
    await add(CLARA, 'parking.md', 'Our parking is underground.');
  });
  afterAll(async () => {
    await database?.close();
    server?.close();
  });

  it('are found by what they mean, within their organisation', async () => {
    expect((await find('Where can I put an automobile?'))[0]).toBe('Leave your car behind the building.');
    expect(await find('Where can I put an automobile?', CLARA)).toEqual(['Our parking is underground.']);
    expect(await find('automobile', new RequestContext({ tenantId: 'cirrus', userId: 'x' }))).toEqual([]);
  });

  it('come first when words and meaning agree', async () => {
    // by meaning the first two are as near as each other; the word decides
    const found = await find('puppy');
    expect(found.slice(0, 2).toSorted()).toEqual([
      'Dogs wait outside.',
      'The canteen opens at noon. Puppy classes meet upstairs.',
    ]);
    expect(found[0]).toContain('Puppy');
  });

  it('are asked of the provider by its model and dimensions, many at a time', async () => {
    server.requests.length = 0;
    await add(
      ADA,
      'long.md',
      Array.from({ length: 70 }, (_, index) => `# H${index}\nText ${index}`).join('\n'),
    );
    expect(server.requests).toMatchObject(
      [64, 6].map((texts) => ({ texts, model: 'embed-1', dimensions: 4, key: 'Bearer key' })),
    );
    expect(server.requests[0]?.['path']).toBe('/v1/embeddings');
    const { data } = await documents.list({ limit: 1 }, ADA);
    await documents.remove(data[0]?.id ?? '', ADA);
  });

  it('are kept apart by row-level security, and go with their document', async () => {
    expect(await seen(ADA)).toBe(3);
    expect(await seen(CLARA)).toBe(1);
    const { id } = await add(CLARA, 'brief.md', 'Brief');
    expect(await seen(CLARA)).toBe(2);
    await documents.remove(id, CLARA);
    expect(await seen(CLARA)).toBe(1);
  });

  it('are found by words while the provider fails, which is told; nothing is added without a vector', async () => {
    const options = { limit: 3, signal: ADA.signal, timeoutMs: 10_000 };
    server.failures.push(500, 500);
    const failed: unknown = await retriever.retrieve('dogs', ADA, options).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(DegradedRetrieval);
    expect(failed).toMatchObject({ passages: [{ text: 'Dogs wait outside.' }] });
    server.failures.push(400);
    await expect(add(ADA, 'new.md', 'New')).rejects.toMatchObject({ code: 'chat_unavailable' });
    expect((await documents.list({ limit: 10 }, ADA)).data).toHaveLength(3);
  });

  it('start anew when another number of dimensions is configured, and stay as they are otherwise', async () => {
    const rows = async () =>
      (await database.run('SELECT count(*)::int AS n FROM chatkit.document_embeddings'))[0];
    await vectorsWith(4).extend(database.run, 'chatkit', '"chatkit_app"');
    expect(await rows()).toEqual({ n: 4 });
    const other = vectorsWith(5);
    await other.extend(database.run, 'chatkit', '"chatkit_app"');
    expect(await rows()).toEqual({ n: 0 });
    await expect(other.vectorsOf(['x'])).rejects.toThrow('another length than 5');
  });

  it.each(['row', 'schema'])(
    'are done without in a database that has no pgvector (%s)',
    async (isolation) => {
      warnings.length = 0;
      const plain = await createEmptyDatabase();
      const vectors = vectorsWith(4);
      const features = [documentsSchema(vectors)];
      const parts = await openStore(plain, { CHATKIT_ISOLATION: isolation }, { features });
      open(vectors, parts.unitOfWork);
      await add(ADA, 'dogs.md', 'Dogs wait outside.');
      await add(CLARA, 'dogs.md', 'Dogs are welcome.');
      expect(warnings).toEqual([expect.stringContaining('no extension “vector”')]);
      const failed: unknown = await find('dogs').catch((error: unknown) => error);
      expect(failed).toMatchObject({
        passages: [{ text: 'Dogs wait outside.' }],
        cause: { name: 'PgvectorMissingError' },
      });
      await parts.database.close();
      await plain.drop();
    },
  );
});
