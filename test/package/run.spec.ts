import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';

const ROOT = join(import.meta.dirname, '../..');

const HOOKS = 'test/support/jest';

/** What npm writes of one package, in either of its lock files. */
type Entry = Record<string, unknown>;

const LOCKED: Record<string, Entry> = {
  '': { name: 'checkout' },
  'node_modules/one': { version: '1.0.0', integrity: 'sha512-one' },
  'node_modules/one/node_modules/two': { version: '2.0.0', integrity: 'sha512-two', dev: true },
  'node_modules/elsewhere': { version: '1.0.0', integrity: 'sha512-else', optional: true, os: ['none'] },
};

/** In place of npm: notes down how it was called, and fails when it is told to. */
const NPM = `#!/bin/sh
echo "$@" >> npm.log
exit "\${NPM_FAILS:-0}"
`;

/** In place of every tool. */
const TOOL = '#!/bin/sh\n';

/** In place of jest: says that it runs, and goes on doing so. */
const ENDLESS = `console.log('running'); setInterval(() => undefined, 1000);`;

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'nestjs-chatkit-checkout-'));

describe('the commands of a checkout', () => {
  /** One in which nothing is installed, and all is built. */
  let origin: string;
  let checkout: string;

  const file = (name: string): string => join(checkout, name);

  beforeAll(async () => {
    checkout = origin = await newFolder();
    for (const folder of ['scripts', 'bin', 'node_modules/.bin', 'node_modules/jest/bin', HOOKS]) {
      await mkdir(file(folder), { recursive: true });
    }
    for (const name of ['scripts/run.mjs', `${HOOKS}/native-typescript.mjs`]) {
      await cp(join(ROOT, name), file(name));
    }
    await writeFile(file('package-lock.json'), JSON.stringify({ packages: LOCKED }));
    await writeFile(file('node_modules/jest/bin/jest.js'), ENDLESS);
    await program('bin/npm', NPM);
    for (const tool of ['nest', 'node', 'vite', 'tsc']) await program(`node_modules/.bin/${tool}`, TOOL);
    await writeFile(file('tsconfig.json'), '{}');
    await writeFile(file('ormconfig.ts'), '');
    await writeFile(file('.swcrc'), '{}');
    await writeFile(file('nest-cli.json'), '{}');
    await prepare();
    await rm(file('npm.log'));
  });

  beforeEach(async () => {
    checkout = await newFolder();
    await cp(origin, checkout, { recursive: true });
  });

  afterEach(() => rm(checkout, { recursive: true, force: true }));
  afterAll(() => rm(origin, { recursive: true, force: true }));

  async function program(name: string, text: string): Promise<void> {
    await writeFile(file(name), text);
    await chmod(file(name), 0o755);
  }

  /** What `npm ci` leaves: the packages for this platform, and its own list of them, which it writes last. */
  async function installed(change: Record<string, Entry | undefined> = {}): Promise<void> {
    const { '': _root, 'node_modules/elsewhere': _elsewhere, ...here } = LOCKED;
    for (const path of Object.keys(here)) {
      await mkdir(file(path), { recursive: true });
      await writeFile(file(`${path}/package.json`), '{}');
    }
    const packages = { ...here, ...change };
    await writeFile(file('node_modules/.package-lock.json'), JSON.stringify({ packages }));
  }

  const start = (command: readonly string[], env: Record<string, string> = {}) =>
    spawn(process.execPath, [file('scripts/run.mjs'), ...command], {
      env: { PATH: `${file('bin')}${delimiter}${process.env['PATH']}`, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  /** Makes it ready to run something. @returns the exit code, what npm was told by then, and what went wrong */
  async function prepare(env?: Record<string, string>): Promise<[number | null, string, string]> {
    const child = start(['build', '--changed'], env);
    child.stdout.resume();
    const [wrong, [code]] = await Promise.all([
      text(child.stderr),
      once(child, 'close') as Promise<[number | null]>,
    ]);
    return [code, await readFile(file('npm.log'), 'utf8').catch(() => ''), wrong];
  }

  it('install nothing when npm has just done so', async () => {
    await installed();
    expect(await prepare()).toEqual([0, '', '']);
  });

  it('install nothing for a package that somebody has added beside the lock file', async () => {
    await installed({ 'node_modules/mine': { version: '1.0.0', extraneous: true } });
    expect(await prepare()).toEqual([0, '', '']);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['where nothing is installed', async () => undefined],
    [
      'where an installation was interrupted',
      () => installed().then(() => rm(file('node_modules/one'), { recursive: true })),
    ],
    [
      'where its list was cut off',
      () => installed().then(() => writeFile(file('node_modules/.package-lock.json'), '{"packages":{')),
    ],
    [
      'where another version is installed',
      () => installed({ 'node_modules/one': { version: '1.0.1', integrity: 'sha512-new' } }),
    ],
    [
      'where the content differs',
      () => installed({ 'node_modules/one': { version: '1.0.0', integrity: 'sha512-other' } }),
    ],
    ['where the tools were left out', () => installed({ 'node_modules/one/node_modules/two': undefined })],
    [
      'where more is installed than the lock file has now',
      () => installed({ 'node_modules/old': { version: '1.0.0' } }),
    ],
  ])('install by the lock file %s', async (_, leave) => {
    await leave();
    expect(await prepare()).toEqual([0, expect.stringMatching(/^ci .*\n$/), '']);
  });

  it('install again after an installation that failed', async () => {
    const failed = [
      3,
      expect.stringMatching(/^(ci .*\n){1}$/),
      expect.stringMatching(/^npm ci .* failed\n$/),
    ];
    expect(await prepare({ NPM_FAILS: '3' })).toEqual(failed);
    expect(await prepare()).toEqual([0, expect.stringMatching(/^(ci .*\n){2}$/), '']);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)('pass %s on to what they run, and end as it does', async (signal, code) => {
    await installed();
    const child = start(['test']);
    let output = '';
    for await (const chunk of child.stdout) {
      output += String(chunk);
      if (output.includes('running')) break;
    }
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([code, null]);
  });
});
