import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import type { Options } from '../options.js';
import type { Found } from '../run.js';
import { charts } from './charts.js';
import { summary, table } from './table.js';

const DOCUMENT = 'docs/performance.md';
const BETWEEN_MARKERS = /(<!-- figures:[^>]*-->\n)[\s\S]*?(<!-- \/figures -->)/;

/** Writes table, figures and charts to the folder, and into the document where that is asked for. @returns the table of what matters most */
export async function writeReport(found: Found, { out, rounds, write }: Options): Promise<string> {
  const { figures, rows, servers, postgres } = found;
  const once = new Set(rows.filter(({ repeated }) => !repeated).map(({ name }) => name));
  const short = summary(figures, once);
  const machine = {
    at: new Date().toISOString(),
    node: process.versions.node,
    postgres,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    rounds,
  };
  await mkdir(out, { recursive: true });
  const keep = (name: string, text: string) => writeFile(join(out, name), text);
  await keep('table.md', await format(table(figures), { parser: 'markdown' }));
  const json = JSON.stringify({ ...machine, figures: figures.all() });
  await keep('figures.json', await format(json, { parser: 'json', printWidth: 110 }));
  for (const [name, svg] of charts(figures)) await keep(`${name}.svg`, svg);
  if (write) {
    const lines = [
      `One run, ${machine.at.slice(0, 10)}: ${machine.cores} cores (${machine.processor}), Node ${machine.node}, ` +
        `PostgreSQL ${postgres}, ${rounds} rounds. [All figures](performance/table.md), ` +
        `[the same as JSON](performance/figures.json).`,
      [...rows, ...servers].map(({ name, about }) => `- **${name}**: ${about}`).join('\n'),
      short,
      ...[...charts(figures).keys()].map((name) => `![${name}](performance/${name}.svg)`),
    ];
    const document = await readFile(DOCUMENT, 'utf8');
    const section = `${lines.join('\n\n')}\n\n`;
    const whole = document.replace(
      BETWEEN_MARKERS,
      (_all, begin: string, end: string) => `${begin}\n${section}${end}`,
    );
    await writeFile(
      DOCUMENT,
      await format(whole, { parser: 'markdown', printWidth: 110, proseWrap: 'preserve' }),
    );
  }
  return short;
}
