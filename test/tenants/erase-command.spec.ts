import { execFile, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { DiskBlobStore } from '../../src/attachments/blobs/disk-blob-store.js';
import { BlobTenantFiles } from '../../src/attachments/index.js';
import { AuditLog, OperatorAuditStore } from '../../src/audit/index.js';
import type { StoreParts } from '../../src/store/index.js';
import { TenantsCommand, verifyReport } from '../../src/tenants/index.js';
import { childEnvironment } from '../support/child-environment.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';
import { makeScratch } from '../support/scratch.js';
import { fill } from './support/filled-tenant.js';
import { operatorOf, orderOf } from './support/operator.js';

const COMMAND = join(import.meta.dirname, '../../dist/server/tenants.js');
const run = promisify(execFile);

describe('The command that erases', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  let database: TestDatabase;
  let folder: string;
  let parts: StoreParts;

  beforeAll(async () => {
    database = await createTestDatabase();
    folder = await makeScratch();
    parts = await openStore(database);
    for (const userId of ['anna', 'bert']) {
      await fill(parts, { tenantId: 'acme', userId }, join(folder, 'data', 'attachments'));
    }
    await writeFile(join(folder, 'public.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
  });
  afterAll(async () => {
    await parts.database.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  /** As an operator runs it: a process of its own. */
  async function tenants(
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
    watch = (_child: ChildProcess): unknown => undefined,
  ): Promise<string> {
    const settings = { CHATKIT_DATABASE_URL: database.url, CHATKIT_DATA_DIR: join(folder, 'data') };
    const options = { cwd: folder, env: { ...childEnvironment(), ...settings, ...env } };
    const running = run(process.execPath, [COMMAND, ...args], options);
    watch(running.child);
    return (await running).stdout;
  }

  /** What such a process does once it is connected, without the process. */
  async function here(...args: string[]): Promise<string> {
    const said: string[] = [];
    const files = new BlobTenantFiles(new DiskBlobStore(join(folder, 'data', 'attachments')));
    const command = new TenantsCommand(operatorOf(parts, { files, reportKey: key.CHATKIT_REPORT_KEY }), {
      say: (line) => said.push(`${line}\n`),
      signal: new AbortController().signal,
      trail: new AuditLog(new OperatorAuditStore(parts.tenants)),
      files: { open: () => Promise.resolve(undefined) },
      folder,
      caller: 'somebody',
    });
    await command.run(orderOf(...args));
    return said.join('');
  }

  async function verified(report: string): Promise<string> {
    const said: string[] = [];
    const by = await readFile(join(folder, 'public.pem'), 'utf8');
    await verifyReport(join(folder, report), by, (line) => said.push(line));
    return said.join('\n');
  }

  const key = { CHATKIT_REPORT_KEY: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) };

  it('says what is missing, and removes nothing', async () => {
    await expect(tenants(['erase', 'acme', '--user', 'anna'])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('CHATKIT_REPORT_KEY is not set') as string,
    });
    await expect(here('erase', 'acme')).rejects.toThrow('not suspended');
    expect(() => orderOf('erase')).toThrow('usage:');
  });

  it('tells how far it has come, and its report is checked by the public key', async () => {
    const told = await tenants(
      ['erase', 'acme', '--user', 'anna', '--by', 'Ada', '--report', 'report.jws'],
      key,
    );
    expect(told).toContain('removed threads 1\n');
    expect(told).toContain('files 1\n');
    const checked = await tenants(['verify-report', 'report.jws', '--key', 'public.pem']);
    expect(checked).toMatch(/"by": "Ada"[^]*The signature is good\n$/);
    expect(await tenants(['verify-report', 'report.jws'], key)).toContain('The signature is good');
    await writeFile(join(folder, 'other.jws'), (await readFile(join(folder, 'report.jws'), 'utf8')).slice(1));
    await expect(verified('other.jws')).rejects.toThrow('The report is not signed by this key');
  });

  it('that was killed goes on where it was, and has counted everything once', async () => {
    await database.query(
      `INSERT INTO chatkit.items (tenant_id, owner_id, thread_id, id, seq, type, data)
       SELECT 'acme', 'bert', 'kept-bert', 'i' || n, 100 + n, 'end_of_turn', '{}' FROM generate_series(1, 30000) AS n`,
    );
    // what it removes last is held, so that it cannot have ended before it is killed
    const holder = new Client({ connectionString: database.url });
    await holder.connect();
    await holder.query(`BEGIN; SELECT FROM chatkit.threads WHERE owner_id = 'bert' FOR UPDATE`);
    await expect(
      tenants(['erase', 'acme', '--user', 'bert'], key, (child) =>
        child.stdout?.on('data', (told: Buffer) => {
          if (told.includes('removed items')) child.kill('SIGKILL');
        }),
      ),
    ).rejects.toMatchObject({ signal: 'SIGKILL' });
    await holder.end();
    await here('erase', 'acme', '--user', 'bert', '--report', join(folder, 'killed.jws'));
    const checked = await verified('killed.jws');
    expect(checked).toMatch(/"items": 30003,/);
    expect(checked).toMatch(/"threads": 1,?\n/);
  });

  it('leaves what is on hold until that is released', async () => {
    const held = await here('hold', 'acme', '--user', 'bert', '--reason', 'Case 7', '--by', 'Ada');
    expect(held).toMatch(/^\S+ {2}bert {2}held \S+ by Ada: Case 7\n$/);
    expect(await here('list')).toBe('acme  row  active  on hold\n');
    await expect(here('erase', 'acme', '--user', 'bert')).rejects.toThrow(
      'A legal hold keeps what would be removed: release it first',
    );
    expect(await here('holds', 'acme')).toBe(held);
    const [id = ''] = held.split('  ');
    expect(await here('release', 'acme', id, '--by', 'Ada')).toMatch(/released \S+ by Ada\n$/);
  });

  it('sets how long threads are kept, and tells it', async () => {
    expect(await here('retain', 'acme', '--closed', '30', '--active', '0')).toBe(
      'active 0  locked default  closed 30\n',
    );
    expect(await here('retain', 'acme', '--active', 'default')).toBe(
      'active default  locked default  closed 30\n',
    );
    expect(() => orderOf('retain', 'acme', '--active', 'x')).toThrow('usage:');
  });

  it('erases a whole tenant that is named again', async () => {
    const told = await here('erase', 'acme', '--confirm', 'acme');
    expect(told).toContain('removed tenant_settings 1\n');
    expect(await here('list')).toBe('acme  row  erased\n');
  });
});
