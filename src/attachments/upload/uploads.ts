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
   * @throws NotFoundError when there is no such attachment, InvalidStateError when it has its file or another is stored
   * @param gone aborts when the client leaves
   * @throws InvalidRequestError when the content is not of the declared type, and as FileScans.requireClean
   * @throws LimitReachedError when the user or the organisation may keep no more
   */
  async complete(
    attachmentId: string,
    file: IncomingFile,
    scope: TenantScope,
    gone: AbortSignal,
  ): Promise<Attachment> {
    return this.#discarding(file, async () => {
      const waiting = await this.parts.store.loadAttachment(attachmentId, scope);
      const { upload_descriptor: descriptor, ...attachment } = waiting;
      if (descriptor === undefined) throw uploadedAlready();
      await this.#check(attachment, file, scope, gone);
      await this.#storeOnce(waiting, file, scope);
      const replaced = await this.parts.records.replaceWaiting(withSize(attachment, file), scope);
      if (!replaced) throw new NotFoundError('Attachment');
      return this.#shown(attachment, scope);
    });
  }

  /** An upload in one request. @throws as `complete` and BlobAttachmentStore.createAttachment */
  async take(file: NamedFile, scope: TenantScope, gone: AbortSignal): Promise<Attachment> {
    return this.#discarding(file, async () => {
      const attachment = await this.parts.attachments.newAttachment(file, 'file', scope);
      await this.#check(attachment, file, scope, gone);
      await this.#store(attachment, file, scope);
      await this.parts.store.saveAttachment(withSize(attachment, file), scope);
      return this.#shown(attachment, scope);
    });
  }

  async #check(
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
  }

  /** The file is stored before its record says so. */
  #store(
    { id, mime_type: type }: Attachment,
    { path, size }: IncomingFile,
    scope: TenantScope,
  ): Promise<void> {
    return this.parts.blobs.put(keyOf(scope, id), { path, size, type });
  }

  /** Of files that are sent to one link at the same time one is stored; where that fails the link can be used again. */
  async #storeOnce(waiting: Attachment, file: IncomingFile, scope: TenantScope): Promise<void> {
    const { records } = this.parts;
    if (!(await records.claimWaiting(withSize(waiting, file), scope))) throw uploadedAlready();
    try {
      await this.#store(waiting, file, scope);
    } catch (error) {
      await records.replaceWaiting(waiting, scope);
      throw error;
    }
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

function uploadedAlready(): InvalidStateError {
  return new InvalidStateError('This file was uploaded already');
}

/** The size belongs to this server alone. */
function withSize(attachment: Attachment, { size }: IncomingFile): Attachment {
  return { ...attachment, metadata: { size } };
}
