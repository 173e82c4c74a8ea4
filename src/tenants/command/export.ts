import { resolve } from 'node:path';
import { systemClock } from '../../common/clock.js';
import { ExportFolder } from '../export/export-folder.js';
import type { TenantExport } from '../export/tenant-export.js';
import type { ExportOrder } from './order.js';
import type { TenantsCommandOptions } from './options.js';

/** Lines between two that tell how far it has come. */
const TOLD_EVERY = 10_000;

/** Writes all that a tenant, or one of its users, has to a folder. @returns whether it is complete */
export async function exportToFolder(
  exports: TenantExport,
  { tenantId, userId, folder: path }: ExportOrder,
  { say, signal, files, folder: base }: Omit<TenantsCommandOptions, 'trail'>,
): Promise<boolean> {
  const scope = { tenantId, userId };
  const folder = await ExportFolder.open(resolve(base, path), scope, files, systemClock.now());
  let told = total(folder.counts);
  try {
    await exports.run(
      scope,
      async (page) => {
        await folder.take(page);
        if (total(folder.counts) - told < TOLD_EVERY) return;
        told = total(folder.counts);
        say(countsText(folder.counts));
      },
      folder.next,
      signal,
    );
    const { files: found, data } = await folder.finish(systemClock.now());
    say(countsText(folder.counts));
    say(`${data.bytes} bytes of lines, ${found.count} files with ${found.bytes} bytes: complete`);
    return true;
  } catch (error) {
    if (!signal.aborted) throw error;
    say('Stopped: the same command goes on');
    return false;
  } finally {
    await folder.close();
  }
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function countsText(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([kind, count]) => `${kind} ${count}`);
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}
