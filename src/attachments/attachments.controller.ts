import type { Clock } from '../common/clock.js';
import {
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  Query,
  Req,
  Res,
  UploadedFile,
  UseFilters,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { ChatKitAuthGuard, Ctx, type RequestContext } from '../auth/index.js';
import {
  InvalidRequestError,
  NotFoundError,
  type Attachment,
  type Store,
  type TenantScope,
} from '../chatkit/core/index.js';
import { HeldRequestInterceptor } from '../chatkit/http/held-request.interceptor.js';
import { bodyStream } from '../chatkit/http/body.js';
import { whileConnected } from '../chatkit/http/while-connected.js';
import { CHATKIT_SETTINGS, type ChatKitSettings } from '../chatkit/chatkit.settings.js';
import { ChatKitExceptionFilter } from '../chatkit/json-exception.filter.js';
import { ATTACHMENTS_CLOCK, ATTACHMENT_THREADS, BLOB_STORE } from './attachments.options.js';
import type { BlobStore } from './blobs/blob-store.js';
import { linkGuard } from './link.guard.js';
import { keyOf } from './scope-keys.js';
import { SignedLinks } from './signed-links.js';
import { FileFieldInterceptor } from './upload/file-field.interceptor.js';
import { IncomingFiles, type IncomingFile } from './upload/incoming-files.js';
import { Uploads } from './upload/uploads.js';

/** A file of a form, as multer tells of it. */
interface FormFile extends IncomingFile {
  readonly originalname: string;
  readonly mimetype: string;
}

/** Uploads, and the images that conversations show. */
@Controller()
@UseFilters(ChatKitExceptionFilter)
@UseInterceptors(HeldRequestInterceptor)
export class AttachmentsController {
  constructor(
    private readonly uploads: Uploads,
    private readonly incoming: IncomingFiles,
    private readonly links: SignedLinks,
    @Inject(ATTACHMENT_THREADS) private readonly store: Store<TenantScope>,
    @Inject(BLOB_STORE) private readonly blobs: BlobStore,
    @Inject(CHATKIT_SETTINGS) private readonly settings: ChatKitSettings,
    @Inject(ATTACHMENTS_CLOCK) private readonly clock: Clock,
  ) {}

  /** A direct upload: a form with the field `file`, from whoever is signed in. */
  @Post()
  @HttpCode(200)
  @UseGuards(ChatKitAuthGuard)
  @UseInterceptors(FileFieldInterceptor)
  take(
    @UploadedFile() file: FormFile | undefined,
    @Req() request: IncomingMessage,
    @Ctx() context: RequestContext,
  ): Promise<Attachment> {
    const { originalname: name, mimetype: type, ...incoming } = required(file);
    return whileConnected(request, (gone) => this.uploads.take({ ...incoming, name, type }, context, gone));
  }

  /** The second phase, as a form with the field `file`. */
  @Post(':id/upload')
  @HttpCode(200)
  @UseGuards(linkGuard('upload'))
  @UseInterceptors(FileFieldInterceptor)
  completeByForm(
    @Param('id') id: string,
    @UploadedFile() file: FormFile | undefined,
    @Req() request: IncomingMessage,
    @Ctx() context: RequestContext,
  ): Promise<Attachment> {
    return whileConnected(request, (gone) => this.uploads.complete(id, required(file), context, gone));
  }

  /** The second phase, as the bytes of the file. */
  @Put(':id/upload')
  @UseGuards(linkGuard('upload'))
  async complete(
    @Param('id') id: string,
    @Req() request: IncomingMessage,
    @Ctx() context: RequestContext,
  ): Promise<Attachment> {
    const file = await this.incoming.receive(bodyStream(request), context);
    return whileConnected(request, (gone) => this.uploads.complete(id, file, context, gone));
  }

  /** An image, for whoever has its link, while its record is there. */
  @Get(':id/preview')
  @UseGuards(linkGuard('preview'))
  async preview(
    @Param('id') id: string,
    @Query('token') token: unknown,
    @Ctx() { sessionId }: RequestContext,
    @Res() response: ServerResponse,
  ): Promise<void> {
    const link = typeof token === 'string' ? token : '';
    const { scope, expiresAt } = this.links.open('preview', id, link, sessionId);
    const attachment = await this.store.loadAttachment(id, scope);
    const blob = attachment.type === 'image' ? await this.blobs.get(keyOf(scope, id)) : undefined;
    if (blob === undefined) throw new NotFoundError('Attachment');
    response.writeHead(200, {
      'content-type': attachment.mime_type,
      'content-length': blob.size,
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(attachment.name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': `private, max-age=${Math.floor((expiresAt - this.clock.now()) / 1000)}`,
      'x-content-type-options': 'nosniff',
    });
    response.setTimeout(this.settings.stallTimeoutMs, () => response.destroy());
    await pipeline(blob.content, response).catch(() => response.destroy());
  }
}

function required(file: FormFile | undefined): FormFile {
  if (file === undefined) throw new InvalidRequestError('file: missing', 'file');
  return file;
}
