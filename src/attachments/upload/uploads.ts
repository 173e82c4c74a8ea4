import {
  InvalidRequestError,
  InvalidStateError,
  NotFoundError,
  publicAttachment,
  type Attachment,
  type Store,
  type TenantScope,
} from '../../chatkit/core/index.js';
import type { BlobAttachmentStore } from '../blob-attachment-store.js';
import type { BlobStore } from '../blobs/blob-store.js';
import type { AttachmentRecords } from '../records.port.js';
import type { FileScans } from '../scan/file-scans.js';
import { keyOf } from '../scope-keys.js';
import { checkContent } from './content-check.js';
import type { IncomingFiles, IncomingFile } from './incoming-files.js';

/** A file with what the client says of it. */
export interface NamedFile extends IncomingFile {
  readonly name: string;
  /** Media type. */
  readonly type: string;
}

/** What Uploads is made of. */
export interface UploadsParts {
  readonly attachments: BlobAttachmentStore;
  readonly blobs: BlobStore;
  readonly records: AttachmentRecords;
  readonly store: Store<TenantScope>;
  readonly incoming: IncomingFiles;
  /** Absent where there is no scanner. */
  readonly scans: FileScans | undefined;
}

/** Makes attachments of files that have come in. */
export class Uploads {
  constructor(private readonly parts: UploadsParts) {}

  /**
   * The second phase of an upload: the file of an attachment that waits for it.
   *
   * @throws NotFoundError when there is no such attachment, InvalidStateError when it has its file
   * @param gone aborts when the client leaves
   * @throws InvalidRequestError when the content is not of the declared type, and as FileScans.requireClean
   */
  async complete(
    attachmentId: string,
    file: IncomingFile,
    scope: TenantScope,
    gone: AbortSignal,
  ): Promise<Attachment> {
    return this.#discarding(file, async () => {
      const waiting = await this.parts.store.loadAttachment(attachmentId, scope);
      if (waiting.upload_descriptor === undefined) {
        throw new InvalidStateError('This file was uploaded already');
      }
      const { upload_descriptor: _done, ...attachment } = waiting;
      await this.#keep(attachment, file, scope, gone);
      const replaced = await this.parts.records.replaceWaiting(withSize(attachment, file), scope);
      if (!replaced) throw new NotFoundError('Attachment');
      return this.#shown(attachment, scope);
    });
  }

  /** An upload in one request. @throws as `complete` and BlobAttachmentStore.createAttachment */
  async take(file: NamedFile, scope: TenantScope, gone: AbortSignal): Promise<Attachment> {
    return this.#discarding(file, async () => {
      const attachment = await this.parts.attachments.newAttachment(file.name, file.type, 'file', scope);
      await this.#keep(attachment, file, scope, gone);
      await this.parts.store.saveAttachment(withSize(attachment, file), scope);
      return this.#shown(attachment, scope);
    });
  }

  /** The file is stored before its record says so. */
  async #keep(
    { id, name, mime_type: type }: Attachment,
    { path, size }: IncomingFile,
    scope: TenantScope,
    gone: AbortSignal,
  ): Promise<void> {
    if (size === 0) throw new InvalidRequestError('file: empty', 'file');
    await checkContent(path, type, 'file');
    const { tenantId, userId } = scope;
    const scanned = { attachmentId: id, path, name, type, size, tenantId, userId };
    await this.parts.scans?.requireClean(scanned, gone);
    await this.parts.blobs.put(keyOf(scope, id), { path, size, type });
  }

  #shown(attachment: Attachment, scope: TenantScope): Attachment {
    return publicAttachment(this.parts.attachments.presentAttachment(attachment, scope));
  }

  async #discarding<T>(file: IncomingFile, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      await this.parts.incoming.discard(file);
    }
  }
}

/** The size belongs to this server alone. */
function withSize(attachment: Attachment, { size }: IncomingFile): Attachment {
  return { ...attachment, metadata: { size } };
}
