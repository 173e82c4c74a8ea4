import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** What the element only needs at times: a file for each, beside its script, that it loads on demand. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: false,
  logLevel: 'warn',
  build: {
    target: 'es2022',
    emptyOutDir: false,
    minify: true,
    lib: { entry: 'parts/code.ts', formats: ['es'], fileName: () => 'chatkit-code.js' },
  },
});
