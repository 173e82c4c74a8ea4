import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Which folders of ours each folder may import. A longer path wins over a shorter one. */
const ALLOWED: Record<string, readonly string[]> = {
  'src/common': ['src/chatkit/core'],
  'src/peers': [],
  'src/config': ['src/common'],
  'src/chatkit/core': [],
  'src/model-text': ['src/chatkit/core'],
  'src/auth': ['src/common', 'src/config'],
  'src/chatkit': ['src/chatkit/core', 'src/common', 'src/auth'],
  'src/embedded-postgres': ['src/common', 'src/peers'],
  'src/store': ['src/chatkit/core', 'src/common', 'src/config', 'src/embedded-postgres'],
  'src/retrieval': ['src/chatkit/core', 'src/common', 'src/auth', 'src/config'],
  'src/offline-model': ['src/chatkit/core', 'src/common', 'src/model-text'],
  'src/transcription': ['src/chatkit/core', 'src/common', 'src/auth', 'src/config'],
  'src/agents': [
    'src/chatkit/core',
    'src/chatkit',
    'src/common',
    'src/auth',
    'src/config',
    'src/model-text',
    'src/retrieval',
    'src/offline-model',
  ],
  'src/mcp': ['src/agents', 'src/chatkit/core', 'src/common', 'src/auth', 'src/config', 'src/model-text'],
  'src/widget-templates': ['src/agents', 'src/chatkit/core', 'src/common'],
  'src/attachments': ['src/chatkit/core', 'src/chatkit', 'src/common', 'src/auth', 'src/config', 'src/peers'],
  'src/documents': [
    'src/agents',
    'src/retrieval',
    'src/store',
    'src/auth',
    'src/chatkit',
    'src/chatkit/core',
    'src/common',
    'src/config',
  ],
  'src/admin': ['src/agents', 'src/store', 'src/auth', 'src/chatkit', 'src/chatkit/core', 'src/common'],
  'src/health': ['src/chatkit', 'src/common'],
  'src/demo': [
    'src/agents',
    'src/widget-templates',
    'src/retrieval',
    'src/chatkit/core',
    'src/common',
    'src/config',
  ],
  'src/testing': ['src/chatkit/core'],
  'src/portal': ['src/config'],
  'web/element': ['src/chatkit/core'],
  'web/client': [],
  'web/portal': ['web/client'],
};

/** Which parts of the protocol core each part may import. `top` are the files that lie in no part but the index, which knows all. */
const CORE_PARTS: Record<string, readonly string[]> = {
  wire: [],
  top: ['wire'],
  store: ['top', 'wire'],
  widgets: ['top', 'wire'],
  stream: ['store', 'top', 'wire'],
  requests: ['stream', 'store', 'top', 'wire'],
  server: ['requests', 'stream', 'store', 'top', 'wire'],
};

/** Packages that the protocol core may use. */
const CORE_PACKAGES = new Set(['zod']);

/** The composition root and what the package offers: they may import everything, and the root alone reads the environment. */
const COMPOSITION = /^src\/((app|entries)\/.*|[^/]+)\.ts$/;

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
const production = files.filter((file) => !/\.spec\.tsx?$/.test(file) && !COMPOSITION.test(file));

/** What files of places in the table import from elsewhere than the table allows. */
function importedAgainst(
  allowed: Record<string, readonly string[]>,
  placeOf: (path: string) => string | undefined,
): string[] {
  return production.flatMap((file) => {
    const from = placeOf(file);
    return importsOf(file)
      .filter((path) => path.startsWith('.'))
      .map((path) => relative(root, resolve(root, dirname(file), path)))
      .filter((path) => {
        const to = placeOf(path);
        return from !== undefined && to !== from && !(to !== undefined && allowed[from]?.includes(to));
      })
      .map((path) => `${file} imports ${path}`);
  });
}

describe('The layers', () => {
  it('cover every source file', () => {
    const outside = production.filter((file) => folderOf(file) === undefined && !/vite|config/.test(file));
    expect(outside).toEqual([]);
  });

  it('import only what lies below them', () => {
    expect(importedAgainst(ALLOWED, folderOf)).toEqual([]);
  });

  it('inside the protocol core do so, too', () => {
    const parts = new Set(production.map(corePartOf));
    expect(parts).toEqual(new Set([undefined, ...Object.keys(CORE_PARTS)]));
    expect(importedAgainst(CORE_PARTS, corePartOf)).toEqual([]);
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

  it('export by name from their index files and entry points, and do nothing else there', () => {
    const busy = files
      .filter((file) => /^src\/(.*\/)?(index|entries\/[^/]+)\.ts$/.test(file))
      .filter((file) =>
        /^(?!export (type )?\{|\}|\s|\/\/|\/?\*)\S/m.test(readFileSync(join(root, file), 'utf8')),
      );
    expect(busy).toEqual([]);
  });
});
