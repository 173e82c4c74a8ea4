import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Which folders of ours each folder may import. A longer path wins over a shorter one. */
const ALLOWED: Record<string, readonly string[]> = {
  'src/chatkit/core': [],
  'src/chatkit': ['src/chatkit/core', 'src/agents', 'src/auth', 'src/config'],
  'src/auth': ['src/config'],
  'src/store': ['src/chatkit/core', 'src/config'],
  'src/attachments': ['src/chatkit/core', 'src/chatkit', 'src/auth', 'src/config'],
  'src/agents': ['src/chatkit/core', 'src/auth', 'src/config'],
  'src/admin': ['src/agents', 'src/store', 'src/auth', 'src/chatkit', 'src/chatkit/core'],
  'src/documents': ['src/agents', 'src/store', 'src/auth', 'src/chatkit', 'src/chatkit/core', 'src/config'],
  'src/demo': ['src/agents', 'src/chatkit/core', 'src/config'],
  'src/health': ['src/chatkit', 'src/config'],
  'src/config': [],
  'src/testing': ['src/chatkit/core'],
  'src/portal': ['src/config'],
  'web/element': ['src/chatkit/core'],
  'web/client': [],
  'web/portal': ['web/client'],
};

/** Packages that the protocol core may use. */
const CORE_PACKAGES = new Set(['zod']);

/** The composition root: it may import everything, and it alone reads the environment. */
const COMPOSITION = /^src\/(app\/.*|[^/]+)\.ts$/;

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function folderOf(path: string): string | undefined {
  return Object.keys(ALLOWED)
    .filter((folder) => path.startsWith(`${folder}/`))
    .toSorted((a, b) => b.length - a.length)[0];
}

function importsOf(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  return [...source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

const files = [...filesIn('src'), ...filesIn('web')].filter((file) => !file.includes('/dist/'));
const production = files.filter((file) => !/\.spec\.tsx?$/.test(file) && !COMPOSITION.test(file));

describe('The layers', () => {
  it('cover every source file', () => {
    const outside = production.filter((file) => folderOf(file) === undefined && !/vite|config/.test(file));
    expect(outside).toEqual([]);
  });

  it('import only what lies below them', () => {
    const wrong = production.flatMap((file) => {
      const from = folderOf(file);
      return importsOf(file)
        .filter((path) => path.startsWith('.'))
        .map((path) => relative(root, resolve(root, dirname(file), path)))
        .filter((path) => {
          const to = folderOf(path);
          return from !== undefined && to !== from && !(to !== undefined && ALLOWED[from]?.includes(to));
        })
        .map((path) => `${file} imports ${path}`);
    });
    expect(wrong).toEqual([]);
  });

  it('keep frameworks out of the protocol core', () => {
    const foreign = production
      .filter((file) => file.startsWith('src/chatkit/core/'))
      .flatMap((file) => importsOf(file).filter((path) => !path.startsWith('.') && !CORE_PACKAGES.has(path)));
    expect(foreign).toEqual([]);
  });

  it('leave the environment to the composition root', () => {
    const readers = production.filter((file) =>
      /process\.env\b|import\.meta\.env\b/.test(
        readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, ''),
      ),
    );
    expect(readers).toEqual([]);
  });

  it('export by name from their index files, and do nothing else there', () => {
    const busy = files
      .filter((file) => /(^|\/)index\.ts$/.test(file) && file.startsWith('src/'))
      .filter((file) =>
        /^(?!export (type )?\{|\}|\s|\/\/|\/?\*)\S/m.test(readFileSync(join(root, file), 'utf8')),
      );
    expect(busy).toEqual([]);
  });
});
