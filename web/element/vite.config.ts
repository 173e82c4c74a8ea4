import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * Marked sets an instance up as it is loaded, which keeps its parser and renderer of HTML in the bundle. The
 * element only uses the lexer and its tokenizer.
 */
const lexerOnly: Plugin = {
  name: 'marked-lexer-only',
  transform(code, id) {
    if (!id.endsWith('/marked.esm.js')) return undefined;
    const named = (name: string): string => new RegExp(`([$\\w]+) as ${name}\\b`).exec(code)?.[1] ?? '';
    const instance = code.indexOf(`=new ${named('Marked')};`);
    if (instance === -1) throw new Error('marked is built in another way by now');
    const kept = code.slice(0, code.lastIndexOf('var ', instance));
    const exported = ['Lexer', 'Tokenizer'].map((name) => `${named(name)} as ${name}`).join(', ');
    return { code: `${kept}export { ${exported} };`, map: null };
  },
};

/**
 * Two forms of one source. `module/` is an ES module whose parts come when they are needed, by addresses
 * relative to it. `chatkit.js` is a classic script with everything inside, so that a plain script tag and one
 * file are enough.
 */
export default defineConfig({
  root: here,
  publicDir: false,
  logLevel: 'warn',
  plugins: [lexerOnly],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    outDir: fileURLToPath(new URL('../../dist/web/element', import.meta.url)),
    emptyOutDir: true,
    lib: { entry: 'index.ts' },
    rolldownOptions: {
      output: [
        {
          format: 'es',
          // The address that stays: one line, which imports everything that is there from the start.
          entryFileNames: 'module/chatkit.js',
          chunkFileNames: 'module/chatkit-[name]-[hash].js',
          codeSplitting: { groups: [{ name: 'core', tags: ['$initial'] }] },
          minify: true,
          comments: { legal: true },
        },
        {
          format: 'iife',
          name: 'ChatKitElement',
          entryFileNames: 'chatkit.js',
          minify: true,
          comments: { legal: true },
        },
      ],
    },
  },
});
