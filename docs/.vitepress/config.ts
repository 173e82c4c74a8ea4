import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { SECTIONS } from './pages.js';

const DOCS = join(import.meta.dirname, '..');

/** The documentation as a site, by `npm run docs:site`; a link that leads nowhere ends the build. */
export default defineConfig({
  title: 'nestjs-chatkit',
  description: 'A self-hosted, multi-tenant ChatKit server for NestJS and PostgreSQL',
  // wherever it is served; relative addresses would not survive pages without an extension
  base: process.env['DOCS_BASE'] ?? '/',
  outDir: '../dist/site',
  cacheDir: '../.cache/vitepress',
  srcExclude: ['api/**'],
  cleanUrls: true,
  lastUpdated: false,
  themeConfig: {
    sidebar: SECTIONS.map(({ text, items }) => ({ text, items: [...items] })),
    outline: [2, 3],
    search: { provider: 'local' },
  },
  // pages link to it, and it is no page
  buildEnd: ({ outDir }) =>
    cp(join(DOCS, 'performance/figures.json'), join(outDir, 'performance/figures.json')),
});
