import { readFile, writeFile } from 'node:fs/promises';
import { CommandError } from '../../common/command-error.js';
import { verifiedReport } from '../erase/report.js';
import type { TenantErasure } from '../erase/tenant-erasure.js';
import type { TenantsCommandOptions } from './options.js';
import type { EraseOrder } from './order.js';

type Say = (line: string) => void;

/** Erases, tells how far it has come, and at last the report, which is written to a file where one is named. */
export async function eraseAndReport(
  erasures: TenantErasure,
  { reportFile, by, ...order }: EraseOrder,
  { caller, say, signal }: Pick<TenantsCommandOptions, 'caller' | 'say' | 'signal'>,
): Promise<void> {
  const report = await erasures.erase(
    { ...order, by: by ?? caller },
    ({ step, table, count }) => say([step, table, count].filter((part) => part !== undefined).join(' ')),
    signal,
  );
  if (reportFile === undefined) return say(report);
  await writeFile(reportFile, `${report}\n`, { mode: 0o600 });
  say(`The report is in ${reportFile}`);
}

/**
 * Tells what a signed report says.
 *
 * @param key as PEM or JWK
 * @throws CommandError when the file cannot be read, ReportKeyError when the key has not signed it
 */
export async function verifyReport(file: string, key: string, say: Say): Promise<void> {
  const report = await verifiedReport(await textOf(file), key);
  say(JSON.stringify(report, null, 2));
  say('The signature is good');
}

/** @throws CommandError when the file cannot be read */
export function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  });
}
