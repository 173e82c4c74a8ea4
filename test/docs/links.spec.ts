import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = [
  ...globSync('*.md', { cwd: ROOT }),
  ...globSync('docs/**/*.md', { cwd: ROOT }).filter((page) => !page.startsWith('docs/api/')),
];

function withoutCode(text: string): string {
  return text.replace(/^```[^]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
}

/** Where the links and pictures of a page lead that stay in the repository. */
function targetsOf(page: string): string[] {
  const text = withoutCode(readFileSync(join(ROOT, page), 'utf8'));
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g)];
  return links.map(([, link, image]) => link ?? image ?? '').filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors that the headings of a page make, as GitHub names them. */
function anchorsOf(page: string): string[] {
  const text = readFileSync(page, 'utf8').replace(/^```[^]*?^```/gm, '');
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

function isBroken(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path);
  if (!existsSync(file)) return true;
  return anchor !== undefined && statSync(file).isFile() && !anchorsOf(file).includes(anchor);
}

describe('The links of the documentation', () => {
  it('are found', () => {
    expect(targetsOf('README.md')).toContain('docs/operations/backup.md');
  });

  it('lead to files and headings that there are', () => {
    const broken = PAGES.flatMap((page) =>
      targetsOf(page)
        .filter((target) => isBroken(page, target))
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
  });
});
