import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CommandError } from '../../common/command-error.js';
import { hasCode } from '../../common/has-code.js';

const count = z.number().int().nonnegative();

const manifest = z.object({
  format: z.literal('nestjs-chatkit-export/1'),
  tenant_id: z.string(),
  /** Whose data it is; null for the whole tenant's. */
  user_id: z.string().nullable(),
  begun_at: z.string(),
  /** Null while it is not complete. */
  ended_at: z.string().nullable(),
  /** Lines of each kind. */
  counts: z.record(z.string(), count),
  /** Files of attachments. */
  files: z.object({ count, bytes: count }),
  /** The file with the lines. */
  data: z.object({ path: z.literal('data.jsonl'), bytes: count, sha256: z.string().nullable() }),
  /** Where it goes on. */
  next: z.object({ kind: z.string(), after: z.array(z.string()) }).nullable(),
});

/** What an export has, and how far it has come. */
export type Manifest = z.infer<typeof manifest>;

const NAME = 'manifest.json';

/** @returns undefined where there is none; @throws CommandError when it is something else */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  const path = join(folder, NAME);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return manifest.parse(JSON.parse(text));
  } catch {
    throw new CommandError(`${path} is not of an export`);
  }
}

/** Replaces it, whole or not at all. */
export async function writeManifest(folder: string, value: Manifest): Promise<void> {
  const path = join(folder, NAME);
  await writeFile(`${path}.new`, `${JSON.stringify(value, undefined, 2)}\n`, { flush: true });
  await rename(`${path}.new`, path);
}
