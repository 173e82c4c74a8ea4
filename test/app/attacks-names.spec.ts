import { isLong } from '../fuzz/support/runs.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { ChatClient } from './support/chat-client.js';
import { startApp, untilReady, type RunningApp } from './support/running-app.js';

const list = { type: 'threads.list', params: {} };
const ada = { tenant: 'aurora', user: 'ada' };

/** One of each kind of names that differ, however little, and that a careless server takes for one another or for code. */
const TELLING_NAMES = [
  'acme',
  'Acme',
  ' acme',
  'o"hara',
  '"; DROP SCHEMA chatkit CASCADE; --',
  "'; DROP TABLE chatkit.threads; --",
  'public',
  'pg_catalog',
  'chatkit',
  '__proto__',
  'é',
  'e\u0301',
  'a'.repeat(254),
  `${'a'.repeat(254)}b`,
  '組'.repeat(255),
];

/** With further ones of the same kinds. */
const NAMES = [
  ...TELLING_NAMES,
  'ACME ',
  'ac me',
  'ac.me',
  'ac_me',
  'ac-me',
  'acme%',
  "o'hara",
  'o`hara',
  String.raw`o\hara`,
  '$1',
  '$$',
  '..',
  '../../etc/passwd',
  '%2e%2e',
  'constructor',
  'toString',
  'null',
  '0',
  '{"a":1}',
  'ß',
  'ss',
  'i',
  'İ',
  'ı',
  'ﬁ',
  'fi',
  '組織',
  '👩',
  '👩🏽',
];

/** What no identifier may be: empty, unpaired, too long, or with characters nobody can see. */
const REFUSED: unknown[] = [
  '',
  '   ',
  'a\0b',
  'a\nb',
  'a\u0085b',
  'a\u2028b',
  'a\u200Bb',
  'a\u202Eb',
  '\uFEFFacme',
  '\uD83D',
  'a'.repeat(256),
  7,
  true,
  ['acme'],
  { $ne: null },
  null,
];

describe.each(['row', 'schema'])('identities with isolation by %s', (isolation) => {
  // a schema of its own for each takes long, and the specification of their names tells all of them apart; users have rows in both
  const names = isolation === 'row' || isLong ? NAMES : TELLING_NAMES;
  let database: TestDatabase;
  let app: RunningApp;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startApp({
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_ISOLATION: isolation,
      // however long a busy machine takes for all who come at once
      CHATKIT_CONNECT_TIMEOUT: '60000',
      CHATKIT_STATEMENT_TIMEOUT: '60000',
      CHATKIT_LOCK_TIMEOUT: '60000',
    });
    await untilReady(app.url);
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  it('never meet, whatever organisations and users are called', async () => {
    const people = [
      ...names.map((tenant) => ({ tenant, user: 'ada' })),
      ...names.map((user) => ({ tenant: 'one for all', user })),
    ];
    const seen = await Promise.all(
      people.map(async (person) => {
        const client = await ChatClient.of(app.url, person);
        const { threadId } = await client.create('Hello');
        return { client, threadId };
      }),
    );
    for (const { client, threadId } of seen) {
      expect((await client.threads({ limit: 100 })).data.map(({ id }) => id)).toEqual([threadId]);
    }
    const schemas = await database.query(
      `SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'chatkit%'`,
    );
    expect(schemas).toHaveLength(isolation === 'row' ? 1 : names.length + 2);
    for (const { name } of schemas) expect(name).toMatch(/^chatkit(_[a-z0-9_]+)?$/);
  });

  it.each(REFUSED.map((name) => [name]))('are refused when an identifier is %j', async (name) => {
    for (const claim of ['org_id', 'sub']) {
      const client = await ChatClient.of(app.url, ada, { [claim]: name });
      expect([401, 403]).toContain((await client.refusal(list)).status);
    }
  });
});
