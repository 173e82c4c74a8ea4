import { Body, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Ctx, RequestContext } from '../../auth/index.js';
import { Audited, type AuditedRequest } from '../../chatkit/audit/audited.decorator.js';
import { JsonBody } from '../../chatkit/index.js';
import { OperatorController } from '../routes/operator-controller.decorator.js';
import { TenantParams } from '../routes/tenants.dto.js';
import type { HoldRow } from './hold-statements.js';
import { HoldFields, HoldParams } from './holds.dto.js';
import { TenantHolds } from './tenant-holds.js';

const named = ({ params }: AuditedRequest): unknown => params['tenant_id'];

/** Bytes of a body. */
const MAX_BODY = 8192;

/** Legal holds on a tenant and its users. */
@OperatorController('tenants/:tenant_id/holds')
export class HoldsController {
  constructor(private readonly holds: TenantHolds) {}

  /** Those in force first, then the latest. */
  @Get()
  @Audited('holds.list', named)
  async list(@Param() { tenant_id: tenantId }: TenantParams): Promise<{ readonly data: readonly HoldRow[] }> {
    return { data: await this.holds.list(tenantId) };
  }

  /** Holds a user, or the whole tenant. */
  @Post()
  @Audited('holds.place', named)
  @JsonBody(MAX_BODY)
  place(
    @Param() { tenant_id: tenantId }: TenantParams,
    @Body() { user_id: userId, reason }: HoldFields,
    @Ctx() { userId: by }: RequestContext,
  ): Promise<HoldRow> {
    return this.holds.place({ tenantId, userId, reason, by });
  }

  /** Releases one. */
  @Post(':hold_id/release')
  @Audited('holds.release', named)
  @HttpCode(200)
  release(
    @Param() { tenant_id: tenantId, hold_id: id }: HoldParams,
    @Ctx() { userId: by }: RequestContext,
  ): Promise<HoldRow> {
    return this.holds.release({ tenantId, id, by });
  }
}
