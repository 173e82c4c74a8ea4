import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configTables, withTables } from '../../scripts/config-table.js';
import { FIRST_VARIABLES } from '../../scripts/config-topics.js';
import { ENTRY_PEERS } from '../../scripts/entry-peers.js';
import { ENTRY_POINTS } from '../package/support/entry-points.js';

function page(name: string): string {
  return readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');
}

describe('The page of variables', () => {
  const configuration = page('configuration.md');

  it('lists every variable as the configuration classes describe it (npm run docs:config)', () => {
    expect(configuration).toBe(withTables(configuration, configTables()));
    expect(configuration).toContain('`CHATKIT_DATABASE_URL`');
  });

  it('begins with the twelve that matter first', () => {
    const [, first = ''] = /## The twelve that matter first\n([^#]*)/.exec(configuration) ?? [];
    const names = [...first.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);
    expect(names).toEqual(FIRST_VARIABLES);
    expect(names).toHaveLength(12);
  });
});

describe('The page of entry points', () => {
  it('says of every entry point what to install for it', () => {
    const rows = new Map(
      [...page('packages.md').matchAll(/^\| `(nestjs-chatkit[^`]*)`[^|]*\|[^|]*\|([^|]*)\|$/gm)].map(
        ([, path = '', cell = '']): [string, string] => [path, cell.trim()],
      ),
    );
    const paths = Object.keys(ENTRY_POINTS).map((entry) => join('nestjs-chatkit', entry));
    expect([...rows.keys()].toSorted()).toEqual(paths.toSorted());
    for (const [entry, packages] of Object.entries(ENTRY_PEERS)) {
      expect(rows.get(`nestjs-chatkit/${entry}`)).toContain(`\`${packages.join(' ')}\``);
    }
  });
});
