import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));
/** Another copy of React to build with, as an alias of its package; undefined for the installed one. */
const react = process.env['HARNESS_REACT'];
const reactDom = process.env['HARNESS_REACT_DOM'];

/** The page that browser tests drive. React's development half is used, because strict mode acts only there. */
export default defineConfig({
  root: here,
  base: '/',
  mode: 'development',
  logLevel: 'warn',
  resolve: {
    alias: { ...(react ? { react } : {}), ...(reactDom ? { 'react-dom': reactDom } : {}) },
  },
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    target: 'es2022',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    minify: false,
  },
});
