import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a request may cost, as `statements (round trips)`. */
export interface Budget {
  readonly name: string;
  readonly own: string;
  readonly application: string;
}

const HEADING = '## Statements and round trips';

/** The rows of the table in `docs/performance.md`. */
export function budgets(): Budget[] {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/performance.md'), 'utf8');
  const [, section = ''] = text.split(`${HEADING}\n`);
  const [own = ''] = section.split('\n## ');
  return own
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const [name = '', server = '', application = ''] = line
        .split('|')
        .slice(1)
        .map((cell) => cell.trim());
      return { name, own: server, application };
    });
}
