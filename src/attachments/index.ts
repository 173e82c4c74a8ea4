export { AttachmentsHealth } from './attachments-health.js';
export { ChatKitAttachmentsModule, type ChatKitAttachmentsModuleOptions } from './attachments.module.js';
export { BlobAttachmentStore } from './blob-attachment-store.js';
export type { FileScanner, ScannedFile, ScanVerdict } from './scan/file-scanner.port.js';
