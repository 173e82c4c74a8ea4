import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, normalizePath } from 'vite';
import { compiledModules } from './compiled-modules.js';

// Puts the modules of the package into a few files, which several entry points share: a host otherwise loads three hundred
// one by one. Packages stay outside.

const root = normalizePath(resolve(import.meta.dirname, '..'));
const compiled = `${root}/dist/src/`;

const ENTRIES = readdirSync(`${compiled}entries`).filter((name) => name.endsWith('.js'));

/** What is loaded from outside of the package; the others are for `dist/entries`, and a thread. */
const INPUT = {
  index: 'index.js',
  ...Object.fromEntries(ENTRIES.map((name) => [name.slice(0, -'.js'.length), `entries/${name}`])),
  installed: 'common/installed.js',
  worker: 'documents/reading/worker.js',
};

export default defineConfig({
  root,
  publicDir: false,
  plugins: [compiledModules(compiled)],
  build: {
    ssr: true,
    outDir: `${root}/dist/package`,
    emptyOutDir: true,
    target: 'node22',
    sourcemap: true,
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(INPUT).map(([name, file]) => [name, `${compiled}${file}`])),
      external: /^[^./]/,
      output: {
        entryFileNames: '[name].js',
        // all in one folder: a thread is started by the file that lies beside
        chunkFileNames: '[name]-[hash].js',
        keepNames: true,
      },
    },
  },
});
