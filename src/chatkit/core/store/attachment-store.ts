import { UnsupportedError } from '../errors.js';
import { generateId } from '../ids.js';
import type { Attachment } from '../wire/attachments.js';
import { MAX_ATTACHMENTS, type AttachmentCreateParams } from '../wire/requests.js';

/** Where uploaded files live; the Store keeps their records. */
export abstract class AttachmentStore<TContext> {
  /** Most attachments one message may carry, at most MAX_ATTACHMENTS. */
  readonly maxPerMessage: number = MAX_ATTACHMENTS;

  /** Deletes the stored file. */
  abstract deleteAttachment(attachmentId: string, context: TContext): Promise<void>;

  /**
   * Makes a record, with an upload descriptor, for a file the client is about to send.
   *
   * @throws UnsupportedError unless overridden
   */
  createAttachment(_input: AttachmentCreateParams, _context: TContext): Promise<Attachment> {
    return Promise.reject(
      new UnsupportedError(`${this.constructor.name} must override createAttachment() for two-phase uploads`),
    );
  }

  /** A new attachment id. */
  generateAttachmentId(_mimeType: string, _context: TContext): string {
    return generateId('attachment');
  }

  /**
   * Lets pass what a message of the thread is about to carry; each still has the thread it was sent in before,
   * if any. Default: everything, as the reference does.
   *
   * @throws NotFoundError for one that cannot be sent
   */
  checkSendable(_attachments: readonly Attachment[], _threadId: string, _context: TContext): void {
    // nothing is known of uploads here
  }

  /**
   * The attachment as a client is shown it now: called whenever one leaves the server, so that links may
   * expire. Must be cheap. Default: as it is stored.
   */
  presentAttachment(attachment: Attachment, _context: TContext): Attachment {
    return attachment;
  }

  /**
   * The content of an uploaded file, for the model. Default: not available.
   *
   * @returns undefined when it is larger than `maxBytes`
   * @throws NotFoundError when it is not there
   */
  readAttachment(
    _attachment: Attachment,
    _maxBytes: number,
    _context: TContext,
  ): Promise<Uint8Array | undefined> {
    return Promise.resolve(undefined);
  }
}
