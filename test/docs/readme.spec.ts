import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configTable, withTable } from '../../scripts/config-table.js';
import { ENTRY_PEERS } from '../../scripts/entry-peers.js';
import { ENTRY_POINTS } from '../package/support/entry-points.js';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

describe('The README', () => {
  it('lists every variable as the configuration classes describe it (npm run readme)', () => {
    expect(readme).toBe(withTable(readme, configTable()));
    expect(readme).toContain('`CHATKIT_DATABASE_URL`');
  });

  it('says of every entry point what to install for it', () => {
    const rows = new Map(
      [...readme.matchAll(/^\| `(nestjs-chatkit[^`]*)`[^|]*\|[^|]*\|([^|]*)\|$/gm)].map(
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
