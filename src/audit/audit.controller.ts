import { Get, Inject, Query, Req } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { Ctx, RequestContext } from '../auth/index.js';
import { AdminController } from '../chatkit/admin/admin-controller.decorator.js';
import { Audited } from '../chatkit/audit/audited.decorator.js';
import { InvalidRequestError } from '../chatkit/core/index.js';
import { cursorPage, type CursorPage } from '../chatkit/http/cursor.js';
import { whileConnected } from '../chatkit/http/while-connected.js';
import { cursorOf, readCursor } from './audit-cursor.js';
import { AuditFields } from './audit.dto.js';
import { AuditReader, type AuditQuery, type RecordedEntry } from './audit-reader.port.js';

/** Who did what in the organisation that the caller administers. */
@AdminController('audit')
export class AuditController {
  constructor(@Inject(AuditReader) private readonly log: AuditReader) {}

  /** A page of the log, the newest first. */
  @Get()
  @Audited('audit.list')
  async list(
    @Query() fields: AuditFields,
    @Req() request: IncomingMessage,
    @Ctx() context: RequestContext,
  ): Promise<CursorPage<RecordedEntry>> {
    const { limit } = fields;
    const query = { ...queryOf(fields), limit: limit + 1 };
    const rows = await whileConnected(request, (signal) => this.log.list(query, context.with({ signal })));
    return cursorPage(rows, limit, cursorOf);
  }
}

function queryOf({ action, from, to, after }: AuditFields): Omit<AuditQuery, 'limit'> {
  const query = {
    action,
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
    after: after === undefined ? undefined : readCursor(after),
  };
  if (query.from !== undefined && query.to !== undefined && query.from >= query.to)
    throw new InvalidRequestError('from must be a time before to', 'from');
  return query;
}
