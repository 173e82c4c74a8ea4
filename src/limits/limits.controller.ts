import { Get, Req } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { Ctx, RequestContext } from '../auth/index.js';
import { AdminController } from '../chatkit/admin/admin-controller.decorator.js';
import { Audited } from '../chatkit/audit/audited.decorator.js';
import { whileConnected } from '../chatkit/http/while-connected.js';
import type { LimitLine } from '../common/limits/scope-limits.js';
import { LimitsInUse } from './limits-in-use.js';
import { rateStatesOf } from './rate-limit.gate.js';

/** What the organisation that the caller administers may ask for and use up. */
@AdminController('limits')
export class LimitsController {
  constructor(private readonly inUse: LimitsInUse) {}

  /** Of requests those of this minute, this one included. */
  @Get()
  @Audited('limits.read')
  async list(
    @Req() request: IncomingMessage,
    @Ctx() context: RequestContext,
  ): Promise<{ readonly data: readonly LimitLine[] }> {
    const counted = rateStatesOf(request).map(({ policy, limit, remaining }) => [
      `${policy}Requests`,
      limit - remaining,
    ]);
    return whileConnected(request, async (signal) => ({
      data: await this.inUse.of(context.with({ signal }), Object.fromEntries(counted)),
    }));
  }
}
