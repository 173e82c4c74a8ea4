import type { Store, TenantScope } from '../../src/chatkit/core/index.js';
import type { ProcessResult } from '../../src/chatkit/core/server/server.js';
import { ANNA } from '../../src/testing/store-contract/samples.js';
import {
  createTestDatabase,
  emptyTables,
  openStore,
  type TestDatabase,
  UNWATCHED,
} from '../support/database.js';
import { startProxy, type PostgresProxy } from '../support/postgres-proxy.js';
import { startCountedApp } from './support/counted-app.js';
import { CountedServer, NoFiles } from './support/counted-server.js';
import { budgets, type Budget } from './support/budget.js';
import { everyRequest, prepared, requestTypes, type CountedRequest } from './support/every-request.js';

const table = (of: keyof Budget): [string, string][] => budgets().map((row) => [row.name, row[of]]);

const told = (proxy: PostgresProxy): string => `${proxy.traffic.statements} (${proxy.traffic.roundTrips})`;

describe('The table of statements', () => {
  it('has every type of request', () => {
    const named = everyRequest.map(({ request }) => (request as { type: string }).type);
    expect([...new Set(named)].toSorted()).toEqual(requestTypes.toSorted());
    expect(budgets().map(({ name }) => name)).toEqual(everyRequest.map(({ name }) => name));
  });
});

describe.each(['row', 'schema'])('With %s isolation a request costs what the table says', (isolation) => {
  let database: TestDatabase;
  let proxy: PostgresProxy;

  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await startProxy(database.url);
  });
  afterAll(async () => {
    await proxy.close();
    await database.drop();
  });

  /** The cost of each, once the tenant is known and the connection has prepared its statements. */
  async function measured(
    store: Store<TenantScope>,
    send: (request: CountedRequest) => Promise<unknown>,
  ): Promise<[name: string, cost: string][]> {
    const costs: [string, string][] = [];
    for (const request of everyRequest) {
      await emptyTables(database);
      await prepared(request, store, ANNA);
      proxy.reset();
      await send(request);
      costs.push([request.name, told(proxy)]);
    }
    return costs;
  }

  it('of a server of one’s own', async () => {
    const parts = await openStore(proxy, { ...UNWATCHED, CHATKIT_ISOLATION: isolation });
    try {
      const server = new CountedServer(parts.store, { attachmentStore: new NoFiles() });
      const costs = await measured(parts.store, async ({ request }) =>
        drained(await server.process(JSON.stringify(request), ANNA)),
      );
      expect(costs).toEqual(table('own'));
    } finally {
      await parts.database.close();
    }
  });

  it('of the whole application', async () => {
    const app = await startCountedApp({ CHATKIT_DATABASE_URL: proxy.url, CHATKIT_ISOLATION: isolation });
    try {
      const costs = await measured(app.store, ({ request }) => app.send(request, ANNA));
      expect(costs).toEqual(table('application'));
    } finally {
      await app.close();
    }
  });
});

async function drained(result: ProcessResult): Promise<void> {
  if (result.streaming) for await (const _event of result.events);
}
