import { DocumentsConfig } from '../../src/config/documents.config.js';
import { loadConfig } from '../../src/config/validate.js';
import { DocumentStore } from '../../src/documents/index.js';
import type { Statement, StoreParts, UnitOfWork } from '../../src/store/index.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';

const ADA = { tenantId: 'aurora', userId: 'ada' };
/** What a statement may take here, and what storing one piece takes at least. */
const LIMIT_MS = 2500;
const PIECE_MS = 4;
const PIECES = 700;
/** So many pieces take their time at once: each sleep lasts longer than it is to where others use the machine. */
const TOGETHER = 20;

const documentOf = (word: string, pieces = PIECES) => ({
  source: 'handbook',
  title: 'Handbook',
  url: null,
  filename: 'handbook.txt',
  format: 'text',
  language: 'simple',
  chunks: Array.from({ length: pieces }, (_, at) => ({
    heading: `Part ${at}`,
    text: `${word} ${'lorem '.repeat(240)}`,
  })),
});

type Units = Pick<UnitOfWork, 'connections' | 'pipeline' | 'read' | 'run'>;
const storeOn = (unitOfWork: Units) => new DocumentStore(unitOfWork, loadConfig(DocumentsConfig, {}));

describe.each(['row', 'schema'])('A long document with isolation by %s', (isolation) => {
  let database: TestDatabase;
  let parts: StoreParts;

  beforeAll(async () => {
    database = await createTestDatabase();
    parts = await openStore(database, {
      CHATKIT_ISOLATION: isolation,
      CHATKIT_STATEMENT_TIMEOUT: String(LIMIT_MS),
      CHATKIT_LOCK_TIMEOUT: '1000',
    });
    await storeOn(parts.unitOfWork).save(documentOf('older', 3), ADA);
    const [table] = await database.query(
      `SELECT format('%I.document_chunks', table_schema) AS name FROM information_schema.tables
       WHERE table_name = 'document_chunks' ORDER BY length(table_schema) ${isolation === 'row' ? '' : 'DESC'} LIMIT 1`,
    );
    await database.query(`
      CREATE FUNCTION public.slow() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN
        IF new.seq % ${TOGETHER} = 0 THEN PERFORM pg_sleep(${(TOGETHER * PIECE_MS) / 1000}); END IF;
        RETURN new;
      END $$`);
    await database.query(`
      CREATE TRIGGER slow BEFORE INSERT ON ${String(table?.['name'])} FOR EACH ROW EXECUTE FUNCTION public.slow()`);
  });
  afterAll(async () => {
    await parts?.database.close();
    await database?.drop();
  });

  /** How many pieces hold a word, up to a few, by the search that answers use. */
  async function found(question: string): Promise<number> {
    const asked = { question, hints: '', limit: 5, timeoutMs: 5000 };
    return (await storeOn(parts.unitOfWork).search(asked, ADA)).length;
  }

  /** Calls `between` after each round trip of a unit of work. */
  function watched(
    between: () => Promise<void>,
  ): Pick<UnitOfWork, 'connections' | 'pipeline' | 'read' | 'run'> {
    const { unitOfWork } = parts;
    return {
      connections: unitOfWork.connections,
      pipeline: unitOfWork.pipeline.bind(unitOfWork),
      read: unitOfWork.read.bind(unitOfWork),
      run: (scope, work) =>
        unitOfWork.run(scope, (transaction) =>
          work({
            async query<const Statements extends readonly Statement<unknown>[]>(...statements: Statements) {
              const results = await transaction.query<Statements>(...statements);
              await between();
              return results;
            },
            finish: transaction.finish.bind(transaction),
          }),
        ),
    };
  }

  it('leaves what was there before where it is stopped half way', async () => {
    const stopped = new AbortController();
    let trips = 0;
    const store = storeOn(
      watched(async () => {
        trips += 1;
        if (trips === 3) stopped.abort(new Error('stopped'));
        await Promise.resolve();
      }),
    );
    await expect(store.save(documentOf('half'), ADA, stopped.signal)).rejects.toThrow('stopped');
    expect([trips, await found('older'), await found('half')]).toEqual([3, 3, 0]);
    expect((await storeOn(parts.unitOfWork).list({ limit: 5 }, ADA)).data).toMatchObject([{ chunks: 3 }]);
  });

  it('is stored by statements that each keep to the limit, and is seen as a whole or not at all', async () => {
    expect(PIECES * PIECE_MS).toBeGreaterThan(LIMIT_MS);
    const seen: (readonly [older: number, newer: number])[] = [];
    const store = storeOn(
      watched(async () => {
        seen.push([await found('older'), await found('newer')]);
      }),
    );
    const stored = await store.save(documentOf('newer'), ADA);
    expect(stored.chunks).toBe(PIECES);
    expect(seen.length).toBeGreaterThan(3);
    expect(new Set(seen.map(String))).toEqual(new Set(['3,0']));
    expect([await found('older'), await found('newer')]).toEqual([0, 5]);
    expect(await found(`part ${PIECES - 1} newer`)).toBe(5);
  });
});
