import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** The tables of docs/architecture.md, in their order: each place, and the places that it may import. */
const tables = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
  .split(/^\| (?:folder|part) .*\n\|[ -|]*\n/m)
  .slice(1)
  .map((table) => rowsOf(table.split(/\n(?!\|)/)[0] ?? ''));

function rowsOf(table: string): Map<string, string[]> {
  const rows = table.matchAll(/^\| `([^`]+)`.*\| ([^|]+?) *\|$/gm);
  return new Map(Array.from(rows, ([, place = '', may = '']) => [place, may.split(', ')]));
}

/** Which folders of ours each folder may import. A longer path wins over a shorter one. */
const ALLOWED = new Map(
  [...(tables[0] ?? [])].map(([folder, may]) => [folder, may.flatMap((name) => foldersOf(name))]),
);

/** Which parts of the protocol core each part may import. `top` are the files that lie in no part but the index, which knows all. */
const CORE_PARTS = tables[1] ?? new Map<string, string[]>();

function foldersOf(name: string): string[] {
  if (name === '—') return [];
  if (name === 'all') return [...(tables[0]?.keys() ?? [])];
  if (name === 'core') return ['src/chatkit/core'];
  return [name.includes('/') ? name : `src/${name}`];
}

/** Packages that the protocol core may use. */
const CORE_PACKAGES = new Set(['zod']);

/** They alone read the environment. */
const COMPOSITION = /^src\/(app\/.*|main)\.ts$/;

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function folderOf(path: string): string | undefined {
  return [...ALLOWED.keys()]
    .filter((folder) => path.startsWith(`${folder}/`))
    .toSorted((a, b) => b.length - a.length)[0];
}

function corePartOf(path: string): string | undefined {
  if (!path.startsWith('src/chatkit/core/') || path.startsWith('src/chatkit/core/index.')) return undefined;
  const [part, ...rest] = relative('src/chatkit/core', path).split('/');
  return rest.length === 0 ? 'top' : part;
}

function importsOf(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  return [...source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

const files = [...filesIn('src'), ...filesIn('web')].filter((file) => !file.includes('/dist/'));
const production = files.filter((file) => !/\.spec\.tsx?$/.test(file));

/** What files of places in the table import from elsewhere than the table allows. */
function importedAgainst(
  allowed: ReadonlyMap<string, readonly string[]>,
  placeOf: (path: string) => string | undefined,
): string[] {
  return production.flatMap((file) => {
    const from = placeOf(file);
    return importsOf(file)
      .filter((path) => path.startsWith('.'))
      .map((path) => relative(root, resolve(root, dirname(file), path)))
      .filter((path) => {
        const to = placeOf(path);
        return from !== undefined && to !== from && !(to !== undefined && allowed.get(from)?.includes(to));
      })
      .map((path) => `${file} imports ${path}`);
  });
}

describe('The layers', () => {
  it('cover every source file', () => {
    const outside = production.filter((file) => folderOf(file) === undefined);
    expect(outside).toEqual([]);
  });

  it('import only what lies below them', () => {
    expect(importedAgainst(ALLOWED, folderOf)).toEqual([]);
  });

  it('inside the protocol core do so, too', () => {
    const parts = new Set(production.map(corePartOf));
    expect(parts).toEqual(new Set([undefined, ...CORE_PARTS.keys()]));
    expect(importedAgainst(CORE_PARTS, corePartOf)).toEqual([]);
  });

  it('keep frameworks out of the protocol core', () => {
    const foreign = production
      .filter((file) => file.startsWith('src/chatkit/core/'))
      .flatMap((file) => importsOf(file).filter((path) => !path.startsWith('.') && !CORE_PACKAGES.has(path)));
    expect(foreign).toEqual([]);
  });

  it('leave the environment to the composition root', () => {
    const readers = production
      .filter((file) => !COMPOSITION.test(file))
      .filter((file) =>
        /process\.env\b|import\.meta\.env\b/.test(
          readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, ''),
        ),
      );
    expect(readers).toEqual([]);
  });

  it('export by name from their index files and entry points, and do nothing else there', () => {
    const busy = files
      .filter((file) => /^src\/(.*\/)?(index|entries\/[^/]+)\.ts$/.test(file))
      .filter((file) =>
        /^(?!export (type )?\{|\}|\s|\/\/|\/?\*)\S/m.test(readFileSync(join(root, file), 'utf8')),
      );
    expect(busy).toEqual([]);
  });
});
