import { join, resolve } from 'node:path';
import type { AttachmentsConfig } from '../config/attachments.config.js';

/** Where files are kept without a bucket: in the configured folder, else beside the server's other data. */
export function attachmentsDirectory(
  { directory }: Pick<AttachmentsConfig, 'directory'>,
  dataDirectory: string,
): string {
  return resolve(directory ?? join(dataDirectory, 'attachments'));
}
