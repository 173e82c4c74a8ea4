import { AdminController } from '../../chatkit/admin/admin-controller.decorator.js';
import { Audited } from '../../chatkit/audit/audited.decorator.js';
import { Get, Inject, Query, Req } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { Ctx, RequestContext } from '../../auth/index.js';
import { whileConnected } from '../../chatkit/http/while-connected.js';
import { rangeOf } from '../range.js';
import { UsageFields } from './usage.dto.js';
import { UsageReader } from './usage-reader.port.js';
import type { UsageGroup, UsageSums } from './usage-reader.port.js';

interface UsageReport {
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  readonly group_by: UsageGroup;
  /** Days in their order; users and models by their tokens, most first. */
  readonly data: readonly UsageSums[];
  /** Whether there are more than 1,000 lines. */
  readonly has_more: boolean;
}

const MAX_LINES = 1000;

/** What answers have cost the organisation that the caller administers. */
@AdminController('usage')
export class UsageController {
  constructor(@Inject(UsageReader) private readonly usage: UsageReader) {}

  @Get()
  @Audited('usage.report')
  async report(
    @Query() fields: UsageFields,
    @Req() request: IncomingMessage,
    @Ctx() context: RequestContext,
  ): Promise<UsageReport> {
    const { groupBy } = fields;
    const { from, to } = rangeOf(fields);
    const query = { from, to, groupBy, limit: MAX_LINES + 1 };
    const lines = await whileConnected(request, (signal) =>
      this.usage.report(query, context.with({ signal })),
    );
    const has_more = lines.length > MAX_LINES;
    return { from, to, group_by: groupBy, data: lines.slice(0, MAX_LINES), has_more };
  }
}
