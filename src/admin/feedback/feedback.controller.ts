import { AdminController } from '../../chatkit/admin/admin-controller.decorator.js';
import { Audited } from '../../chatkit/audit/audited.decorator.js';
import { Get, Inject, Query, Req } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { Ctx, RequestContext } from '../../auth/index.js';
import { cursorPage, type CursorPage } from '../../chatkit/http/cursor.js';
import { whileConnected } from '../../chatkit/http/while-connected.js';
import { RangeFields, rangeOf } from '../range.js';
import { FeedbackFields } from './feedback.dto.js';
import { cursorOf, readCursor } from './feedback-cursor.js';
import { FeedbackReader } from './feedback-reader.port.js';
import type { FeedbackDay, FeedbackEntry } from './feedback-reader.port.js';

interface FeedbackDays {
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  /** Days without opinions are left out. */
  readonly data: readonly FeedbackDay[];
}

/**
 * What the members of the organisation that the caller administers think of the answers they got. What was said
 * in their conversations stays theirs.
 */
@AdminController('feedback')
export class FeedbackController {
  constructor(@Inject(FeedbackReader) private readonly feedback: FeedbackReader) {}

  /** A page of opinions, the newest first. */
  @Get()
  @Audited('feedback.list')
  async list(
    @Query() { kind, after, limit }: FeedbackFields,
    @Req() request: IncomingMessage,
    @Ctx() context: RequestContext,
  ): Promise<CursorPage<FeedbackEntry>> {
    const cursor = after === undefined ? undefined : readCursor(after);
    const query = { kind, after: cursor, limit: limit + 1 };
    const rows = await whileConnected(request, (signal) =>
      this.feedback.list(query, context.with({ signal })),
    );
    return cursorPage(rows, limit, cursorOf);
  }

  /** How many opinions each day brought. */
  @Get('days')
  @Audited('feedback.count')
  async days(
    @Query() fields: RangeFields,
    @Req() request: IncomingMessage,
    @Ctx() context: RequestContext,
  ): Promise<FeedbackDays> {
    const range = rangeOf(fields);
    const data = await whileConnected(request, (signal) =>
      this.feedback.days(range, context.with({ signal })),
    );
    return { ...range, data };
  }
}
