import type { Clock } from '../common/clock.js';
import type { Attachment } from '../chatkit/core/index.js';
import type { PublicRoutes } from '../auth/http/public-routes.js';
import type { AttachmentsOptions } from './attachments.options.js';
import type { LinkScope, SignedLinks } from './signed-links.js';

/** Time for beginning an upload; how long it may take is another matter. */
const UPLOAD_LINK_MS = 15 * 60_000;

/** What links are made by. */
interface LinkOptions extends Pick<AttachmentsOptions, 'publicUrl' | 'linkMs' | 'sessionLinks'> {
  /** Where the routes are mounted, without slashes around it. */
  readonly path: string;
}

/** The addresses of attachments: stored without a signature, shown with a fresh one. */
export class AttachmentLinks {
  constructor(
    private readonly signed: SignedLinks,
    private readonly routes: PublicRoutes,
    private readonly options: LinkOptions,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Where the file is sent to. */
  uploadUrl(attachmentId: string): string {
    return this.#url(attachmentId, 'upload');
  }

  /** Where the image is. */
  previewUrl(attachmentId: string): string {
    return this.#url(attachmentId, 'preview');
  }

  /** The attachment with links that work from now on for a while; that to an image in the session alone, if there is one. */
  present(attachment: Attachment, { tenantId, userId, sessionId }: LinkScope): Attachment {
    const user = { tenantId, userId };
    const { id, upload_descriptor: upload } = attachment;
    const shown = { ...attachment };
    if (upload !== undefined) {
      const token = this.signed.sign('upload', id, user, this.clock.now() + UPLOAD_LINK_MS);
      shown.upload_descriptor = { ...upload, url: `${this.uploadUrl(id)}?token=${token}` };
    }
    if (shown.type === 'image') {
      const scope = this.options.sessionLinks ? { ...user, sessionId } : user;
      const token = this.signed.sign('preview', id, scope, this.#previewEnd());
      shown.preview_url = `${this.previewUrl(id)}?token=${token}`;
    }
    return shown;
  }

  /** The same for a while, so that browsers need not load an image again whenever a thread is read. */
  #previewEnd(): number {
    const step = this.options.linkMs / 2;
    return (Math.floor(this.clock.now() / step) + 2) * step;
  }

  #url(attachmentId: string, what: string): string {
    const route = this.routes.address(`/${this.options.path}/:id/${what}`, this.options.publicUrl);
    return route.replace(':id', () => encodeURIComponent(attachmentId));
  }
}
