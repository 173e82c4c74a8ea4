import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CHEAP, childEnvironment } from '../support/child-environment.js';

const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);

interface Report {
  readonly figures: readonly {
    readonly row: string;
    readonly server: string;
    readonly values: readonly number[];
  }[];
}

describe('the benchmark', () => {
  let out: string;
  beforeEach(async () => {
    out = await mkdtemp(join(tmpdir(), 'nestjs-chatkit-bench-'));
  });
  afterEach(() => rm(out, { recursive: true, force: true }));

  async function bench(...args: string[]): Promise<Report> {
    const database = process.env['TEST_DATABASE_URL'] ?? '';
    const program = [...CHEAP, join(ROOT, 'dist/bench/index.js')];
    const options = ['--quick', '--database', database, '--out', out, ...args];
    await run(process.execPath, [...program, ...options], { env: childEnvironment() });
    return JSON.parse(await readFile(join(out, 'figures.json'), 'utf8')) as Report;
  }

  it('measures every server in each kind of row', async () => {
    const { figures } = await bench('--rows', 'J1,S2,long', '--servers', 'own,app,nest,raw');
    const measured = new Set(figures.map(({ row, server }) => `${row} ${server}`));
    const everywhere = ['own', 'app', 'nest', 'raw'].flatMap((server) => [`J1 ${server}`, `S2 ${server}`]);
    expect(measured).toEqual(new Set([...everywhere, 'long own', 'long app']));
    expect(figures.filter(({ values }) => values.some((value) => !Number.isFinite(value)))).toEqual([]);
    expect(await readFile(join(out, 'table.md'), 'utf8')).toContain('against nest');
    expect(await readFile(join(out, 'requests.svg'), 'utf8')).toMatch(/^<svg .*J1.*S2/s);
  });

  it('says what there is when a row is asked for that there is not', async () => {
    await expect(bench('--rows', 'J9')).rejects.toThrow('There is no J9, only J1, J2');
  });
});
