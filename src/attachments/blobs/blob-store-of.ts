import { join } from 'node:path';
import { assertInstalled } from '../../common/installed.js';
import type { AttachmentsConfig } from '../../config/attachments.config.js';
import type { BlobStore } from './blob-store.js';
import { DiskBlobStore } from './disk-blob-store.js';

/**
 * The place that a configuration keeps files in. The client of buckets is large: it is loaded where there is a bucket.
 *
 * @param directory where files are without a bucket
 */
export async function blobStoreOf(
  { bucket }: Pick<AttachmentsConfig, 'bucket'>,
  directory: string,
): Promise<BlobStore> {
  if (bucket === undefined) return new DiskBlobStore(join(directory, 'files'));
  const { S3BlobStore } = await import('./s3-blob-store.js').catch((error: unknown) => {
    assertInstalled('A bucket for attachments', ['@aws-sdk/client-s3']);
    throw error;
  });
  return new S3BlobStore(bucket);
}
