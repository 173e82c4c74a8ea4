import { fileURLToPath } from 'node:url';
import { build, defineConfig } from 'vite';
import type { Plugin } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * Marked sets an instance up as it is loaded, which keeps its parser and renderer of HTML in the bundle. The
 * element only uses the lexer.
 */
const lexerOnly: Plugin = {
  name: 'marked-lexer-only',
  transform(code, id) {
    if (!id.endsWith('/marked.esm.js')) return undefined;
    const named = (name: string): string => new RegExp(`([$\\w]+) as ${name}\\b`).exec(code)?.[1] ?? '';
    const instance = code.indexOf(`=new ${named('Marked')};`);
    if (instance === -1) throw new Error('marked is built in another way by now');
    const kept = code.slice(0, code.lastIndexOf('var ', instance));
    return { code: `${kept}export { ${named('Lexer')} as Lexer };`, map: null };
  },
};

let outDir = '';
/** Builds what the element loads on demand into the same folder. */
const parts: Plugin = {
  name: 'parts',
  configResolved(config) {
    ({ outDir } = config.build);
  },
  async closeBundle() {
    await build({ configFile: `${here}vite.parts.config.ts`, build: { outDir } });
  },
};

/** One classic script, so that a plain script tag is enough to use the element. */
export default defineConfig({
  root: here,
  publicDir: false,
  logLevel: 'warn',
  plugins: [lexerOnly, parts],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    outDir: fileURLToPath(new URL('../../dist/web/element', import.meta.url)),
    emptyOutDir: true,
    minify: true,
    lib: { entry: 'index.ts', formats: ['iife'], name: 'ChatKitElement', fileName: () => 'chatkit.js' },
  },
});
