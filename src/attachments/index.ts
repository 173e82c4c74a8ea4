export type { AttachmentsClock } from './attachments.options.js';
export { AttachmentsModule, type AttachmentsModuleOptions } from './attachments.module.js';
export { BlobAttachmentStore } from './blob-attachment-store.js';
export { WatchedBlobStore, type StorageStatus } from './blobs/watched-blob-store.js';
