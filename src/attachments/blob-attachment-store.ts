import type { Clock } from '../common/clock.js';
import {
  AttachmentStore,
  InvalidRequestError,
  InvalidStateError,
  NotFoundError,
  type Attachment,
  type AttachmentCreateParams,
  type TenantScope,
} from '../chatkit/core/index.js';
import type { LinkScope } from './signed-links.js';
import type { AttachmentLinks } from './attachment-links.js';
import type { AttachmentsOptions } from './attachments.options.js';
import type { BlobStore } from './blobs/blob-store.js';
import type { AttachmentRecords } from './records.port.js';
import { keyOf } from './scope-keys.js';
import { declaredType } from './upload/content-check.js';
import { cut } from '../chatkit/core/cut.js';

/** Shown as images; anything else is a file, and never shown by this server. */
const IMAGES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const MAX_NAME = 255;

/** What a client says of a file. */
export interface DeclaredFile {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
}

/** What a BlobAttachmentStore is made of. */
export interface BlobAttachmentStoreParts {
  readonly blobs: BlobStore;
  readonly records: AttachmentRecords;
  readonly links: AttachmentLinks;
  readonly options: AttachmentsOptions;
  readonly clock: Clock;
}

/** Uploaded files in a BlobStore. An attachment with an `upload_descriptor` waits for its file. */
export class BlobAttachmentStore extends AttachmentStore<TenantScope> {
  override readonly maxPerMessage: number;

  constructor(private readonly parts: BlobAttachmentStoreParts) {
    super();
    this.maxPerMessage = parts.options.maxPerMessage;
  }

  /**
   * @throws InvalidRequestError naming the parameter that is to blame
   * @throws InvalidStateError when too many files of the user wait to be sent
   * @throws LimitReachedError when the user or the organisation may keep no more
   */
  override async createAttachment(input: AttachmentCreateParams, scope: TenantScope): Promise<Attachment> {
    const { maxBytes } = this.parts.options;
    if (input.size > maxBytes) {
      throw new InvalidRequestError(`params.size: larger than ${maxBytes} bytes`, 'params.size');
    }
    const { name, mime_type: type, size } = input;
    const attachment = await this.newAttachment({ name, type, size }, 'params.mime_type', scope);
    const url = this.parts.links.uploadUrl(attachment.id);
    return { ...attachment, upload_descriptor: { url, method: 'POST', headers: {} } };
  }

  /**
   * A record of a file whose content is there, or about to come.
   *
   * @param typeField what the type is called in the request
   * @throws as createAttachment
   */
  async newAttachment(file: DeclaredFile, typeField: string, scope: TenantScope): Promise<Attachment> {
    const type = declaredType(file.name, file.type);
    if (!this.parts.options.types.has(type)) {
      const shown = JSON.stringify(cut(type, 100));
      throw new InvalidRequestError(`${typeField}: files of type ${shown} are not accepted`, typeField);
    }
    await this.#requireRoom(file.size, scope);
    const id = this.generateAttachmentId(type, scope);
    keyOf(scope, id);
    const common = { id, name: plainName(file.name), mime_type: type };
    return IMAGES.has(type)
      ? { ...common, type: 'image', preview_url: this.parts.links.previewUrl(id) }
      : { ...common, type: 'file' };
  }

  /** What is on legal hold stays, without its record. */
  override async deleteAttachment(attachmentId: string, scope: TenantScope): Promise<void> {
    if ((await this.parts.records.isHeld?.(scope)) === true) return;
    await this.parts.blobs.delete(keyOf(scope, attachmentId));
  }

  /** A file has to be there, and belongs to one thread: it is removed with it. */
  override checkSendable(attachments: readonly Attachment[], threadId: string): void {
    for (const { upload_descriptor: waiting, thread_id: sentIn = threadId } of attachments) {
      if (waiting !== undefined || sentIn !== threadId) throw new NotFoundError('Attachment');
    }
  }

  override presentAttachment(attachment: Attachment, scope: LinkScope): Attachment {
    return this.parts.links.present(attachment, scope);
  }

  override async readAttachment(
    { id }: Attachment,
    maxBytes: number,
    scope: TenantScope,
  ): Promise<Uint8Array | undefined> {
    const blob = await this.parts.blobs.get(keyOf(scope, id));
    if (blob === undefined) throw new NotFoundError('Attachment');
    if (blob.size > maxBytes) {
      blob.discard();
      return undefined;
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of blob.content) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async #requireRoom(bytes: number, scope: TenantScope): Promise<void> {
    const { records, options, clock } = this.parts;
    const before = new Date(clock.now() - options.orphanMs);
    if ((await records.countWaiting(before, scope, bytes)) < options.maxWaiting) return;
    throw new InvalidStateError(
      `${options.maxWaiting} files wait to be sent already; send or remove some of them first`,
    );
  }
}

/** The last part of a path, without what only terminals and file systems understand. */
function plainName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const plain = cut(last.replaceAll(/\p{Cc}/gu, '').trim(), MAX_NAME);
  return plain === '' ? 'file' : plain;
}
