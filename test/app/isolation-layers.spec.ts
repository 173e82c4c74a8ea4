import { tenantSchema } from '../../src/store/isolation/tenant-schema.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { ChatClient } from './support/chat-client.js';
import {
  honest,
  startMisledDatabase,
  type MisledDatabase,
  type Misleading,
} from './support/misled-database.js';
import { everyRequestAbout } from './support/requests.js';
import { startApp, untilReady, type RunningApp } from './support/running-app.js';
import { tokenOf, type Person } from './support/tokens.js';

const CANARY = 'violet-canary';
// as long as each other, so that one can stand for the other in a message to the database
const VICTIM = { tenant: 'org_aurora1', user: 'victim1' };
const STRANGER = { tenant: 'org_mallory', user: 'mallory' };
const COLLEAGUE = { tenant: VICTIM.tenant, user: 'mallory' };
const ADMIN_ROUTES = ['organisation', 'usage?groupBy=user', 'feedback', 'documents', 'audit', 'limits'];

/** Whatever a statement asks for, it asks for it as if it were the victim's. */
const withoutConditions: Misleading = (statement, value) => {
  if (statement.startsWith('chatkit_scope')) return value;
  if (value === STRANGER.tenant) return VICTIM.tenant;
  return value === STRANGER.user ? VICTIM.user : value;
};

/** Each unit of work looks into the victim's schema. */
const inForeignSchema: Misleading = (statement, value) =>
  statement.startsWith('chatkit_scope')
    ? value.replace(
        tenantSchema('chatkit', STRANGER.tenant),
        // the role stays: a schema's role ends in _app, and is a value of its own
        value.endsWith('_app')
          ? tenantSchema('chatkit', STRANGER.tenant)
          : tenantSchema('chatkit', VICTIM.tenant),
      )
    : value;

type Layer = 'policies' | 'conditions' | 'schema';

const CASES = {
  row: [
    ['policies', STRANGER],
    ['policies', COLLEAGUE],
    ['conditions', STRANGER],
    ['conditions', COLLEAGUE],
  ],
  schema: [
    ['policies', STRANGER],
    ['policies', COLLEAGUE],
    ['conditions', STRANGER],
    ['conditions', COLLEAGUE],
    ['schema', STRANGER],
  ],
} as const;

describe.each(['row', 'schema'] as const)('isolation by %s', (isolation) => {
  let place: Place;
  let ids: { readonly threadId: string; readonly itemId: string };
  beforeAll(async () => {
    place = await Place.start(isolation);
    ids = await place.victimTalks();
    for (const attacker of [STRANGER, COLLEAGUE]) await place.admit(attacker);
  });
  afterAll(() => place?.[Symbol.asyncDispose]());

  it.each(CASES[isolation])(
    'without its %s shows nothing to %j, and lets nothing be changed',
    async (layer, attacker) => {
      const before = await place.rowsOfVictim();
      expect(before.length).toBeGreaterThan(3);
      const misled = place.misled;
      await place.takeOut(layer);
      try {
        const answers = await place.attack(attacker, ids.threadId, ids.itemId);
        expect(answers.filter((text) => /violet-canary|victim1/.test(text))).toEqual([]);
        expect(await place.rowsOfVictim()).toEqual(before);
        if (layer !== 'policies') expect(place.misled).toBeGreaterThan(misled + 10);
      } finally {
        await place.putBack(layer);
      }
    },
  );
});

describe('isolation by row without any of its layers', () => {
  it('shows and changes everything, which is how the tests above would notice', async () => {
    await using place = await Place.start('row');
    const { threadId, itemId } = await place.victimTalks();
    await place.admit(STRANGER);
    const before = await place.rowsOfVictim();
    await place.takeOut('policies');
    await place.takeOut('conditions');
    const answers = await place.attack(STRANGER, threadId, itemId);
    expect(answers.filter((text) => text.includes(CANARY)).length).toBeGreaterThan(3);
    expect(await place.rowsOfVictim()).not.toEqual(before);
  });
});

/** The application on a database that can be misled. */
class Place implements AsyncDisposable {
  private constructor(
    private readonly database: TestDatabase,
    private readonly proxy: MisledDatabase,
    private readonly app: RunningApp,
  ) {}

  static async start(isolation: 'row' | 'schema'): Promise<Place> {
    const database = await createTestDatabase();
    const proxy = await startMisledDatabase(database.url);
    const app = await startApp({ CHATKIT_DATABASE_URL: proxy.url, CHATKIT_ISOLATION: isolation });
    await untilReady(app.url);
    return new Place(database, proxy, app);
  }

  /** Values that the database was misled by. */
  get misled(): number {
    return this.proxy.changed;
  }

  async victimTalks(): Promise<{ threadId: string; itemId: string }> {
    const client = await ChatClient.of(this.app.url, VICTIM);
    const { threadId, items } = await client.create(`The secret is ${CANARY}`);
    const itemId = items.at(-1)?.id ?? '';
    await client.json('items.feedback', { thread_id: threadId, item_ids: [itemId], kind: 'positive' });
    return { threadId, itemId };
  }

  /** The attacker is known, and has said something. */
  async admit(attacker: Person): Promise<void> {
    await (await ChatClient.of(this.app.url, attacker)).create('Hello');
  }

  async takeOut(layer: Layer): Promise<void> {
    if (layer === 'policies') await this.#policies('DISABLE');
    else this.proxy.mislead(layer === 'conditions' ? withoutConditions : inForeignSchema);
  }

  async putBack(layer: Layer): Promise<void> {
    if (layer === 'policies') await this.#policies('ENABLE');
    else this.proxy.mislead(honest);
  }

  async #policies(change: 'ENABLE' | 'DISABLE'): Promise<void> {
    for (const table of await this.#tables()) {
      await this.database.query(`ALTER TABLE ${table} ${change} ROW LEVEL SECURITY`);
    }
  }

  /** Asks in every way for what is the victim's. @returns what was answered */
  async attack(attacker: Person, threadId: string, itemId: string): Promise<string[]> {
    const client = await ChatClient.of(this.app.url, attacker);
    const answers: string[] = [];
    const list = { type: 'threads.list', params: {} };
    // the thread is deleted last
    for (const request of [list, ...everyRequestAbout(threadId, itemId)]) {
      const response = await client.send(request);
      const text = await response.text();
      answers.push(text);
      if (response.status < 500) continue;
      expect(text).not.toContain(threadId);
    }
    if (attacker.tenant === VICTIM.tenant) return answers;
    const token = await tokenOf(attacker, { roles: ['admin'] });
    for (const route of ADMIN_ROUTES) {
      const init = { headers: { authorization: `Bearer ${token}` } };
      answers.push(await (await fetch(`${this.app.url}/chatkit/admin/${route}`, init)).text());
    }
    return answers;
  }

  /** What is stored of the victim's conversation and what was thought of it. */
  async rowsOfVictim(): Promise<Record<string, unknown>[]> {
    const rows: Record<string, unknown>[] = [];
    for (const table of await this.#tables()) {
      if (!/\.(threads|items|feedback)$/.test(table)) continue;
      const owner = table.endsWith('.feedback') ? 'user_id' : 'owner_id';
      const found = await this.database.query(
        `SELECT '${table}' AS "table", to_jsonb(t) AS row FROM ${table} AS t
         WHERE tenant_id = $1 AND ${owner} = $2 ORDER BY t::text`,
        [VICTIM.tenant, VICTIM.user],
      );
      rows.push(...found);
    }
    return rows;
  }

  async #tables(): Promise<string[]> {
    const tables = await this.database.query(
      `SELECT schemaname || '.' || tablename AS name FROM pg_tables
       WHERE schemaname LIKE 'chatkit%' AND tablename NOT IN ('tenants', 'migrations', 'signal_keys')
       ORDER BY 1`,
    );
    return tables.map(({ name }) => String(name));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app.close();
    await this.proxy.close();
    await this.database.drop();
  }
}
