import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vite';
import harness from '../harness/page/vite.config.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const client = fileURLToPath(new URL('../../../web/client/', import.meta.url));

/** A page as a team would write it, with the React library under its published name. */
export default mergeConfig(
  harness,
  defineConfig({
    root: here,
    resolve: {
      alias: {
        'nestjs-chatkit-react/style.css': `${client}style.css`,
        'nestjs-chatkit-react': `${client}index.ts`,
      },
    },
  }),
);
