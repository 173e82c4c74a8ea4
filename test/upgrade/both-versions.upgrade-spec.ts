import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../support/free-port.js';
import { AppProcess, Scratch } from '../app/support/app-process.js';
import { ChatClient } from '../app/support/chat-client.js';
import { Crowd } from '../app/support/crowd.js';
import { untilReady } from '../app/support/running-app.js';
import { AUTH_ENV } from '../app/support/tokens.js';
import { Readers } from '../operations/support/readers.js';
import { childEnvironment } from '../support/child-environment.js';
import { createEmptyDatabase, type TestDatabase } from '../support/database.js';

const ROOT = join(import.meta.dirname, '../..');
/** The program of the version before, which `.ci/upgrade` has built. */
const BEFORE = process.env['UPGRADE_FROM'] ?? '';
const TENANTS = ['aurora', 'boreal', 'corona'];
const READERS = 2;

const talkersAt = async (url: string): Promise<Crowd> =>
  new Crowd(await Promise.all(TENANTS.map((tenant) => ChatClient.of(url, { tenant, user: 'talker' }))));

/** Each tenant's reader, with a thread to read. */
async function readersAt(url: string): Promise<Readers[]> {
  const people = TENANTS.map((tenant) => ChatClient.of(url, { tenant, user: 'reader' }));
  return Promise.all(
    people.map(async (person) => {
      const client = await person;
      const { threadId } = await client.create('Count to 10');
      return new Readers(
        Array.from({ length: READERS }, () => client),
        threadId,
      );
    }),
  );
}

describe.each(['row', 'schema'])('With isolation by %s, the version before and this one', (isolation) => {
  let database: TestDatabase;
  let scratch: Scratch;
  const running: AppProcess[] = [];

  beforeAll(async () => {
    database = await createEmptyDatabase();
    scratch = await Scratch.make();
  });
  afterAll(async () => {
    for (const app of running) await app.dispose();
    await scratch?.remove();
    await database?.drop();
  });

  const environment = async (): Promise<Record<string, string>> => ({
    ...AUTH_ENV,
    PORT: String(await freePort()),
    CHATKIT_DATABASE_URL: database.url,
    CHATKIT_ISOLATION: isolation,
    CHATKIT_MIGRATE_ON_START: 'false',
    CHATKIT_OFFLINE_DELAY_MS: '5',
    CHATKIT_ATTACHMENTS_SECRET: 'a secret that both of the versions have',
  });

  async function start(program?: string, env: Record<string, string> = {}): Promise<AppProcess> {
    const app = AppProcess.spawn(scratch.directory, { ...(await environment()), ...env }, program);
    running.push(app);
    await untilReady(app.url).catch((error: unknown) => {
      throw new Error(app.soFar, { cause: error });
    });
    return app;
  }

  /** As a deployment migrates: with the command of this version, while the one before serves. */
  const migrate = async (): Promise<string> => {
    const env = { ...childEnvironment(), ...(await environment()) };
    const command = [join(ROOT, 'dist/server/tenants.js'), 'migrate'];
    const { stdout } = await promisify(execFile)(process.execPath, command, { env });
    return stdout;
  };

  it('serve at once, while it migrates and afterwards, without a failed request', async () => {
    const before = await start(BEFORE, { CHATKIT_MIGRATE_ON_START: 'true' });
    const known = (await database.query('SELECT FROM chatkit.migrations')).length;
    const readers = await readersAt(before.url);
    const crowds = [await talkersAt(before.url)];
    const goOn = async (): Promise<void> => {
      for (const reader of readers) await reader.answeredMore(20);
      for (const crowd of crowds) await crowd.toldMore(20);
    };
    await goOn();
    await migrate();
    const now = (await database.query('SELECT FROM chatkit.migrations')).length;
    await goOn();
    const after = await start();
    readers.push(...(await readersAt(after.url)));
    crowds.push(await talkersAt(after.url));
    await goOn();

    const member = { tenant: 'aurora', user: 'member' };
    const here = await ChatClient.of(before.url, member);
    const there = await ChatClient.of(after.url, member);
    const { threadId } = await here.create('Asked of the version before');
    await there.say(threadId, 'Asked of the next');
    const seen = (await here.allItems(threadId)).map(({ type }) => type);
    expect(seen.filter((type) => type === 'user_message')).toHaveLength(2);

    await Promise.all([...readers, ...crowds].map((one) => one.stop()));
    expect(now).toBeGreaterThan(known);
    expect(readers.flatMap(({ failures }) => failures)).toEqual([]);
    expect(crowds.map(({ refused, surprises }) => ({ refused, surprises }))).toEqual(
      crowds.map(() => ({ refused: 0, surprises: [] })),
    );
    for (const crowd of crowds)
      for (const { told, stored } of await crowd.compare()) expect(stored).toEqual(told);
    const reads = readers.reduce((sum, { answered }) => sum + answered, 0);
    const items = crowds.reduce((sum, { told }) => sum + told, 0);
    process.stdout.write(
      `Upgrade, isolation by ${isolation}: ${now - known} migrations of the shared schema under ${reads} reads and ` +
        `${items} items of answers, none failed\n`,
    );
  });
});
