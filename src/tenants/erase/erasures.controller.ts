import { Body, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Ctx, RequestContext } from '../../auth/index.js';
import { Audited, type AuditedRequest } from '../../chatkit/audit/audited.decorator.js';
import { JsonBody } from '../../chatkit/index.js';
import { OperatorController } from '../routes/operator-controller.decorator.js';
import { answerWithProgress } from '../routes/progress.js';
import { TenantParams } from '../routes/tenants.dto.js';
import type { ErasureRow } from './erasure-statements.js';
import { ErasureFields } from './erasures.dto.js';
import { TenantErasure } from './tenant-erasure.js';

/** An erasure as operators see it. */
export interface ErasureView {
  readonly id: string;
  /** Null where the whole tenant was erased. */
  readonly user_digest: string | null;
  readonly status: string;
  readonly begun_by: string;
  readonly begun_at: Date;
  readonly done_at: Date | null;
  /** Signed, as JWS. */
  readonly report: string | null;
}

const named = ({ params }: AuditedRequest): unknown => params['tenant_id'];

/** Bytes of a body. */
const MAX_BODY = 4096;

/** What was erased of a tenant, and is to be. */
@OperatorController('tenants/:tenant_id/erasures')
export class ErasuresController {
  constructor(private readonly erasures: TenantErasure) {}

  /** The last of them, latest first. */
  @Get()
  @Audited('erasures.list', named)
  async list(@Param() { tenant_id: tenantId }: TenantParams): Promise<{ readonly data: ErasureView[] }> {
    return { data: (await this.erasures.list(tenantId)).map(view) };
  }

  /** Erases a user or the whole tenant, tells how far it has come, and at last the report. */
  @Post()
  @Audited('erasures.run', named)
  @JsonBody(MAX_BODY)
  async erase(
    @Param() { tenant_id: tenantId }: TenantParams,
    @Body() { user_id: userId, confirm }: ErasureFields,
    @Ctx() { userId: by }: RequestContext,
    @Req() request: IncomingMessage,
    @Res() response: ServerResponse,
  ): Promise<void> {
    await answerWithProgress(request, response, async (tell, signal) => {
      tell({ report: await this.erasures.erase({ tenantId, userId, confirm, by }, tell, signal) });
    });
  }
}

function view({ id, subject, status, begun_by, begun_at, done_at, report }: ErasureRow): ErasureView {
  return { id, user_digest: subject || null, status, begun_by, begun_at, done_at, report };
}
