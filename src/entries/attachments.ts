export {
  AttachmentsIndicator,
  BlobTenantFiles,
  ChatKitAttachmentsModule,
  type ChatKitAttachmentsModuleOptions,
  type FileScanner,
  type ScannedFile,
  type ScanVerdict,
} from '../attachments/index.js';
export { AttachmentsConfig } from '../config/attachments.config.js';
