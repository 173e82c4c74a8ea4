import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from '../../common/command-error.js';
import { hasCode } from '../../common/has-code.js';
import { blobStoreOf, type BlobStore } from '../../attachments/index.js';
import { AttachmentsConfig } from '../../config/attachments.config.js';
import { loadConfig } from '../../config/validate.js';

const PAGE = 1000;

/** Where files may have been kept, by their keys. */
export interface KeptFiles {
  has(key: string): Promise<boolean>;
}

/** Those in a folder of files. */
export function filesInFolder(folder: string): KeptFiles {
  return {
    async has(key) {
      try {
        return (await stat(join(folder, key))).isFile();
      } catch (error) {
        if (hasCode(error, 'ENOENT')) return false;
        throw error;
      }
    },
  };
}

/** Those that a bucket lists, a thousand with each request, from the first that is asked for on. */
export function filesListed(blobs: Pick<BlobStore, 'list'>): KeptFiles {
  let keys: Promise<ReadonlySet<string>> | undefined;
  return {
    async has(key) {
      return (await (keys ??= allKeys(blobs))).has(key);
    },
  };
}

/** @throws CommandError where the environment names no bucket */
export async function filesInBucket(env: NodeJS.ProcessEnv): Promise<KeptFiles> {
  const { bucket } = loadConfig(AttachmentsConfig, env);
  if (bucket === undefined) {
    throw new CommandError('Name a folder, or by CHATKIT_ATTACHMENTS_BUCKET the bucket that files are in');
  }
  return filesListed(await blobStoreOf({ bucket }, ''));
}

async function allKeys(blobs: Pick<BlobStore, 'list'>): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (let after: string | undefined; ;) {
    const page = await blobs.list(PAGE, after);
    for (const { key } of page) keys.add(key);
    after = page.at(-1)?.key;
    if (after === undefined) return keys;
  }
}
