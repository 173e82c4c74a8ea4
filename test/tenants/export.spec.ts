import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AuditLog, OperatorAuditStore } from '../../src/audit/index.js';
import { attachmentsDirectory } from '../../src/app/attachments-directory.js';
import { exportedFiles } from '../../src/app/exported-files.js';
import { blobStoreOf } from '../../src/attachments/index.js';
import { AttachmentsConfig } from '../../src/config/attachments.config.js';
import type { StoreParts } from '../../src/store/create-store.js';
import { tenantSchema } from '../../src/store/isolation/tenant-schema.js';
import { ExportFolder, TenantsCommand } from '../../src/tenants/index.js';
import type { ExportedPage } from '../../src/tenants/export/tenant-export.js';
import { AdminClient } from '../admin/support/admin-client.js';
import { startAttachmentsApp, type AttachmentsApp } from '../attachments/support/attachments-app.js';
import { NOTE, PNG, Uploader } from '../attachments/support/uploader.js';
import { eventually } from '../app/support/eventually.js';
import { tokenOf } from '../app/support/tokens.js';
import { createTestDatabase, openStore } from '../support/database.js';
import { operatorOf, orderOf } from './support/operator.js';
import { makeScratch } from '../support/scratch.js';

interface Line {
  readonly kind: string;
  readonly row: Readonly<Record<string, unknown>>;
}

const CANARY = 'canary of others';
const linesOf = (text: string): Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
const of = (lines: readonly Line[], kind: string) =>
  lines.filter((line) => line.kind === kind).map(({ row }) => row);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What the command has left in a folder. */
async function written(folder: string) {
  const data = await readFile(join(folder, 'data.jsonl'));
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  return { data, lines: linesOf(data.toString()), manifest };
}

/** Talks, shows files, has opinions. */
async function use(app: AttachmentsApp, tenant: string, user: string, text: string) {
  const member = await Uploader.of(app, { tenant, user });
  const first = await member.send(text, [await member.attach(NOTE), await member.attach(PNG)]);
  const second = await member.chat.say(first.threadId, `${text}, again`);
  const other = await member.chat.create(`${text}, elsewhere`);
  const item_ids = [second.items.at(-1)?.id];
  await member.chat.json('items.feedback', { thread_id: first.threadId, item_ids, kind: 'positive' });
  const threads = await member.chat.threads();
  return { member, threads: threads.data.map(({ id }) => id).toSorted(), longest: first.threadId, other };
}

describe.each(['row', 'schema'])('An export of a tenant, with isolation by %s,', (isolation) => {
  let app: AttachmentsApp;
  let parts: StoreParts;
  let ada: Awaited<ReturnType<typeof use>>;
  let ben: Awaited<ReturnType<typeof use>>;

  beforeAll(async () => {
    app = await startAttachmentsApp({ CHATKIT_ISOLATION: isolation, CHATKIT_OPERATOR_TENANT: 'platform' });
    ada = await use(app, 'aurora', 'ada', 'Ada’s “words”\nand \\ lines 😀');
    ben = await use(app, 'aurora', 'ben', 'Ben’s words');
    const boss = await AdminClient.of(app.url, { tenant: 'aurora', user: 'boss' });
    await boss.put('organisation', { instructions: 'Be kind.' });
    await boss.upload('documents', 'rules.md', '# Rules\n\nThe heron is holy.');
    await use(app, 'borealis', 'ada', CANARY);
    const others = await AdminClient.of(app.url, { tenant: 'borealis', user: 'boss' });
    await others.put('organisation', { instructions: CANARY });
    await others.upload('documents', 'rules.md', `# ${CANARY}\n\n${CANARY}`);
    parts = await openStore(app.database, { CHATKIT_ISOLATION: isolation });
    const schema = isolation === 'row' ? 'chatkit' : tenantSchema('chatkit', 'aurora');
    const usage = `SELECT FROM ${schema}.usage WHERE tenant_id = 'aurora'`;
    // which is recorded after the answers
    await eventually('what six answers cost is kept', async () => {
      return (await app.database.query(usage)).length === 6;
    });
  });
  afterAll(async () => {
    await parts?.database.close();
    await app?.close();
  });

  async function ask(path: string): Promise<{ status: number; type: string | null; text: string }> {
    const token = await tokenOf({ tenant: 'platform', user: 'op' }, { roles: ['operator'] });
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${app.url}/chatkit/operator/tenants/${path}`, { headers });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    };
  }

  function command(say: (line: string) => void, signal = new AbortController().signal) {
    const tools = operatorOf(parts);
    const trail = new AuditLog(new OperatorAuditStore(parts.tenants));
    const files = exportedFiles(() =>
      blobStoreOf(new AttachmentsConfig(), attachmentsDirectory({}, app.directory)),
    );
    const commands = new TenantsCommand(tools, {
      say,
      signal,
      trail,
      files,
      folder: app.directory,
      caller: 'somebody',
    });
    return (...args: string[]) => commands.run(orderOf('export', ...args));
  }

  it('streams every row once, of everybody in it, and of nobody else', async () => {
    const { status, type, text } = await ask('aurora/export');
    expect([status, type]).toEqual([200, 'application/jsonl']);
    expect(text).not.toContain(CANARY);
    const lines = linesOf(text);
    const counted: Record<string, number> = {};
    for (const { kind } of lines.slice(0, -1)) counted[kind] = (counted[kind] ?? 0) + 1;
    expect(lines.at(-1)).toEqual({ kind: 'end', row: { counts: counted } });
    expect(counted).toMatchObject({
      thread: 4,
      attachment: 4,
      feedback: 2,
      document: 1,
      passage: 1,
      setting: 1,
      usage: 6,
    });
    expect(lines.every(({ row }) => !('tenant_id' in row))).toBe(true);
    expect(of(lines, 'thread').map(({ id }) => id)).toEqual([...ada.threads, ...ben.threads].toSorted());
    for (const { member, longest } of [ada, ben]) {
      const items = of(lines, 'item').filter(({ thread_id: id }) => id === longest);
      expect(items.filter(({ type: kind }) => kind !== 'sdk_hidden_context').map(({ id }) => id)).toEqual(
        (await member.chat.allItems(longest)).map(({ id }) => id),
      );
    }
    expect(JSON.stringify(of(lines, 'item'))).toContain(
      JSON.stringify('Ada’s “words”\nand \\ lines 😀').slice(1, -1),
    );
    expect(of(lines, 'setting')).toMatchObject([{ instructions: 'Be kind.', updated_by: 'boss' }]);
    expect(of(lines, 'passage')).toMatchObject([{ text: expect.stringContaining('heron') as string }]);
    expect(of(lines, 'audit').map(({ action }) => action)).toContain('documents.ingest');
    expect(of(lines, 'thread')[0]?.['created_at']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/);
  });

  it('has one user’s alone where it is asked for one', async () => {
    const { text } = await ask('aurora/export?user=ada');
    const lines = linesOf(text);
    expect(text).not.toMatch(/Ben’s|canary/);
    expect(of(lines, 'thread').map(({ id }) => id)).toEqual(ada.threads);
    expect(new Set(lines.map(({ kind }) => kind))).toEqual(
      new Set(['thread', 'item', 'feedback', 'attachment', 'usage', 'end']),
    );
    expect(linesOf((await ask('aurora/export?user=nobody')).text)).toEqual([
      { kind: 'end', row: { counts: {} } },
    ]);
  });

  it('is refused where there is no such tenant, or a field is wrong', async () => {
    expect((await ask('nowhere/export')).status).toBe(404);
    expect((await ask('aurora/export?user=')).status).toBe(400);
    expect((await ask('aurora/export?who=ada')).status).toBe(400);
  });

  it('is told of in the log of the tenant, each time', async () => {
    const boss = await AdminClient.of(app.url, { tenant: 'aurora', user: 'boss' });
    for (const times of [1, 2]) {
      await ask('aurora/export?user=told');
      // recorded when the last line has left
      const told = await eventually('it is told of', async () => {
        const { body } = await boss.get('audit?action=tenants.export&limit=100');
        const found = (body['data'] as Record<string, unknown>[]).filter(({ target }) => target === 'told');
        return found.length === times && found;
      });
      for (const entry of told) {
        expect(entry).toMatchObject({ actor: 'operator', actor_id: 'op', outcome: 'done' });
      }
    }
  });

  it('is a folder by the command, with files and what they amount to', async () => {
    const folder = join(await makeScratch(), 'out');
    const said: string[] = [];
    expect(await command((line) => said.push(line))('aurora', '--out', folder)).toBe(true);
    expect(said.at(-1)).toMatch(/4 files with \d+ bytes: complete$/);
    const { data, lines, manifest } = await written(folder);
    expect(manifest).toMatchObject({
      tenant_id: 'aurora',
      user_id: null,
      ended_at: expect.any(String) as string,
      counts: { thread: 4, attachment: 4, file: 4, feedback: 2 },
      data: { bytes: data.length, sha256: sha256(data) },
      next: null,
    });
    expect(data.toString()).not.toContain(CANARY);
    const files = of(lines, 'file');
    for (const { path, bytes, sha256: sum } of files) {
      const content = await readFile(join(folder, String(path)));
      expect([content.length, sha256(content)]).toEqual([bytes, sum]);
    }
    const contents = await Promise.all(files.map(({ path }) => readFile(join(folder, String(path)), 'utf8')));
    expect(contents.filter((content) => content === NOTE.content)).toHaveLength(2);
    const streamed = linesOf((await ask('aurora/export')).text);
    for (const kind of ['thread', 'item', 'feedback', 'attachment', 'usage', 'document', 'passage']) {
      expect(of(lines, kind)).toEqual(of(streamed, kind));
    }
    await expect(command(() => undefined)('aurora', '--out', folder)).rejects.toThrow(/complete/);
    await expect(command(() => undefined)('borealis', '--out', folder)).rejects.toThrow(/something else/);
  });

  it('stops where it is told to, and says how it goes on', async () => {
    const said: string[] = [];
    const folder = join(await makeScratch(), 'out');
    expect(await command((line) => said.push(line), AbortSignal.abort())('aurora', '--out', folder)).toBe(
      false,
    );
    expect(said).toEqual(['Stopped: the same command goes on']);
    expect(await command((line) => said.push(line))('aurora', '--out', folder)).toBe(true);
  });

  it('goes on where it was stopped, wherever that is, and is the same in the end', async () => {
    const whole = join(await makeScratch(), 'whole');
    await command(() => undefined)('aurora', '--user', 'ada', '--out', whole);
    const { data: expected } = await written(whole);
    const folder = join(await makeScratch(), 'out');
    const { exports } = operatorOf(parts);
    const files = exportedFiles(() =>
      blobStoreOf(new AttachmentsConfig(), attachmentsDirectory({}, app.directory)),
    );
    const scope = { tenantId: 'aurora', userId: 'ada' };
    let stops = 0;
    for (let isDone = false; !isDone;) {
      const out = await ExportFolder.open(folder, scope, files, 0);
      const stop = new AbortController();
      let pages = 0;
      const take = async (page: ExportedPage): Promise<void> => {
        await out.take(page);
        pages += 1;
        if (pages > stops) stop.abort();
      };
      isDone = await exports.run(scope, take, out.next, stop.signal).then(
        () => true,
        () => false,
      );
      if (isDone) await out.finish(0);
      else stops += 1;
      await out.close();
    }
    expect(stops).toBeGreaterThan(3);
    expect((await written(folder)).data.toString()).toBe(expected.toString());
  });

  it('ends when whoever reads it leaves', async () => {
    const big = await Uploader.of(app, { tenant: 'big', user: 'ada' });
    const { threadId } = await big.chat.create('Hello');
    const schema = isolation === 'row' ? 'chatkit' : tenantSchema('chatkit', 'big');
    // more than the buffers of a connection take
    await app.database.query(
      `INSERT INTO ${schema}.items (tenant_id, thread_id, id, owner_id, seq, type, data)
       SELECT 'big', $1, 'more_' || n, 'ada', 1000 + n, 'sdk_hidden_context', json_build_object('text', repeat('x', 2000))
       FROM generate_series(1, 12000) AS n`,
      [threadId],
    );
    const token = await tokenOf({ tenant: 'platform', user: 'op' }, { roles: ['operator'] });
    const leaving = new AbortController();
    const response = await fetch(`${app.url}/chatkit/operator/tenants/big/export`, {
      headers: { authorization: `Bearer ${token}` },
      signal: leaving.signal,
    });
    await response.body?.getReader().read();
    leaving.abort();
    const ended = `SELECT outcome FROM ${schema}.audit_log WHERE tenant_id = 'big' AND action = 'tenants.export'`;
    await eventually('it is told of', async () => (await app.database.query(ended)).length > 0);
    expect(await app.database.query(ended)).toEqual([{ outcome: 'failed' }]);
  });

  it('is the same wherever the tenant is', async () => {
    const before = await ask('aurora/export?user=ada');
    const tools = operatorOf(parts);
    await tools.moves.move('aurora', { isolation: isolation === 'row' ? 'schema' : 'row' }, () => undefined);
    expect((await ask('aurora/export?user=ada')).text).toBe(before.text);
  });
});

describe('What an export leaves out', () => {
  /** Tables, and columns of others, that say nothing which lines do not say, or nothing that lasts. */
  const LEFT_OUT = new Set([
    'deleted_threads',
    'held_rows',
    'document_search',
    'session_ends',
    'threads.shown',
    'threads.last_seq',
    'threads.position',
    'items.as_shown',
    'documents.position',
  ]);

  it('is named here, and nothing else', async () => {
    const database = await createTestDatabase();
    const { database: connection, features } = await openStore(database);
    const columns = await database.query(
      `SELECT relname || '.' || attname AS name FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
       WHERE relnamespace = 'chatkit'::regnamespace AND relname = ANY($1) AND attnum > 0 AND NOT attisdropped`,
      [features.tables],
    );
    const told = new Set(
      features.exported.flatMap(({ table, columns: names }) => names.map((name) => `${table}.${name}`)),
    );
    const missing = columns
      .map(({ name }) => String(name))
      .filter((name) => !told.has(name) && !name.endsWith('.tenant_id'))
      .filter((name) => !LEFT_OUT.has(name) && !LEFT_OUT.has(name.split('.')[0] ?? ''));
    expect(missing).toEqual([]);
    await connection.close();
    await database.drop();
  });
});
