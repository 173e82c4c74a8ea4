import { AdminController } from '../chatkit/admin/admin-controller.decorator.js';
import { Audited } from '../chatkit/audit/audited.decorator.js';
import { isRecord } from '../common/is-record.js';
import {
  Body,
  Delete,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Query,
  Req,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { Ctx, RequestContext } from '../auth/index.js';
import { InvalidRequestError } from '../chatkit/core/index.js';
import { whileConnected } from '../chatkit/http/while-connected.js';
import { DocumentFormInterceptor } from './document-form.interceptor.js';
import { DocumentParams, PageFields, UploadFields } from './document.dto.js';
import type { DocumentPage, StoredDocument } from './document-store.js';
import { DocumentsService } from './documents.service.js';
import type { UploadUnderWay } from './reading/uploads-under-way.js';

/** A file of a form, as multer gives it. */
interface ReceivedFile {
  readonly buffer: Buffer;
  readonly originalname: string;
}

/** The documents of the organisation that the caller administers. */
@AdminController('documents')
export class DocumentsController {
  constructor(private readonly documents: DocumentsService) {}

  /** A page of them, the newest first. */
  @Get()
  @Audited('documents.list')
  list(
    @Query() fields: PageFields,
    @Req() request: IncomingMessage,
    @Ctx() context: RequestContext,
  ): Promise<DocumentPage> {
    return whileConnected(request, (signal) => this.documents.list(fields, context.with({ signal })));
  }

  /** Those that are being taken in at this moment. */
  @Get('uploads')
  @Audited('documents.uploads')
  uploads(@Ctx() context: RequestContext): { readonly data: readonly UploadUnderWay[] } {
    return { data: this.documents.underWay(context) };
  }

  /** Adds one, as `multipart/form-data` with the field `file`, or replaces the one from the same source. */
  @Post()
  @Audited('documents.ingest', ({ result }) => isRecord(result) && result['id'])
  @UseInterceptors(DocumentFormInterceptor)
  async upload(
    @UploadedFile() file: ReceivedFile | undefined,
    @Body() fields: UploadFields,
    @Req() request: IncomingMessage,
    @Ctx() context: RequestContext,
  ): Promise<StoredDocument> {
    if (file === undefined) throw new InvalidRequestError('must be a file of a multipart form', 'file');
    // browsers name files in UTF-8, which multer reads byte by byte
    const filename = Buffer.from(file.originalname, 'latin1').toString('utf8');
    const { source, title, url, language } = fields;
    const upload = { source, title, url, language, bytes: file.buffer, filename };
    return whileConnected(request, (gone) => this.documents.ingest(upload, context, gone));
  }

  /** Deletes one. */
  @Delete(':id')
  @Audited('documents.delete', ({ params }) => params['id'])
  @HttpCode(204)
  async remove(@Param() { id }: DocumentParams, @Ctx() context: RequestContext): Promise<void> {
    if (await this.documents.remove(id, context)) return;
    throw new NotFoundException({ error: { code: 'not_found', message: 'Document not found' } });
  }
}
