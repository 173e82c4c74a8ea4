import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

/** One classic script, so that a plain script tag is enough to use the element. */
export default defineConfig({
  root: here,
  publicDir: false,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    outDir: fileURLToPath(new URL('../../dist/web/element', import.meta.url)),
    emptyOutDir: true,
    minify: true,
    lib: { entry: 'index.ts', formats: ['iife'], name: 'ChatKitElement', fileName: () => 'chatkit.js' },
  },
});
