export { AttachmentsHealth } from './attachments-health.js';
export {
  ChatKitAttachmentsModule,
  type ChatKitAttachmentsExtras,
  type ChatKitAttachmentsModuleOptions,
} from './attachments.module.js';
export { AttachmentsIndicator } from './attachments.indicator.js';
export type { ChatKitAttachmentsOptions } from './attachments.options.js';
export { BlobAttachmentStore } from './blob-attachment-store.js';
export type { BlobStore } from './blobs/blob-store.js';
export { blobStoreOf } from './blobs/blob-store-of.js';
export { keyOf } from './scope-keys.js';
export { BlobTenantFiles } from './tenant-files.js';
export type { FileScanner, ScannedFile, ScanVerdict } from './scan/file-scanner.port.js';
