import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configTable, withTable } from '../../scripts/config-table.js';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

describe('The README', () => {
  it('lists every variable as the configuration classes describe it (npm run readme)', () => {
    expect(readme).toBe(withTable(readme, configTable()));
    expect(readme).toContain('`CHATKIT_DATABASE_URL`');
  });
});
