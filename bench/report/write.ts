import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import type { Options } from '../options.js';
import type { Found } from '../run.js';
import { summary, table } from './table.js';

/** Writes table and figures to the folder. @returns the table of what matters most */
export async function writeReport({ figures, postgres }: Found, { out, rounds }: Options): Promise<string> {
  const report = {
    at: new Date().toISOString(),
    node: process.versions.node,
    postgres,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    rounds,
    figures: figures.all(),
  };
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'table.md'), `${table(figures)}\n`);
  await writeFile(join(out, 'figures.json'), `${JSON.stringify(report, undefined, 2)}\n`);
  return summary(figures);
}
