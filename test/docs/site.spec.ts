import { globSync } from 'node:fs';
import { join } from 'node:path';
import { SECTIONS } from '../../docs/.vitepress/pages.js';

const DOCS = join(import.meta.dirname, '../../docs');

describe('The side bar of the documentation site', () => {
  it('leads to every page, once (docs/.vitepress/pages.ts)', () => {
    const pages = globSync('**/*.md', { cwd: DOCS }).filter((page) => !page.startsWith('api/'));
    const links = SECTIONS.flatMap(({ items }) => items.map(({ link }) => `${link.slice(1)}.md`));
    expect(['index.md', ...links].toSorted()).toEqual(pages.toSorted());
  });
});
