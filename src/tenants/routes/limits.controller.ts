import { Body, Get, Param, Put, Req } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import { Ctx, RequestContext } from '../../auth/index.js';
import { Audited, type AuditedRequest } from '../../chatkit/audit/audited.decorator.js';
import { whileConnected } from '../../chatkit/http/while-connected.js';
import { JsonBody } from '../../chatkit/index.js';
import { LIMIT_NAMES, type SetLimits } from '../../common/limits/limits.js';
import { ScopeLimits, type LimitLine } from '../../common/limits/scope-limits.js';
import { TenantsService } from '../tenants.service.js';
import { TenantLimitsFields } from './limits.dto.js';
import { OperatorController } from './operator-controller.decorator.js';
import { TenantParams } from './tenants.dto.js';

const named = ({ params }: AuditedRequest): unknown => params['tenant_id'];

/** Bytes of a body. */
const MAX_BODY = 4096;

/** What operators set for one tenant in place of the configured limits. */
@OperatorController('tenants/:tenant_id/limits')
export class TenantLimitsController {
  constructor(
    private readonly tenants: TenantsService,
    private readonly limits: ScopeLimits,
  ) {}

  /** What is set, by the names that `admin/limits` has. */
  @Get()
  @Audited('tenants.limits', named)
  show(@Param() { tenant_id: tenantId }: TenantParams): Promise<SetLimits> {
    return this.tenants.limits(tenantId);
  }

  /** What holds for all users of the tenant together, and what they have used. */
  @Get('used')
  @Audited('tenants.used', named)
  async used(
    @Param() { tenant_id: tenantId }: TenantParams,
    @Req() request: IncomingMessage,
    @Ctx() { userId }: RequestContext,
  ): Promise<{ readonly data: readonly LimitLine[] }> {
    // whom nobody knows is not made known by looking
    await this.tenants.show(tenantId);
    const lines = await whileConnected(request, (signal) => this.limits.inUse({ tenantId, userId, signal }));
    return { data: lines.filter(({ name }) => name.startsWith('tenant')) };
  }

  /** Sets what the body names, and takes the others back. */
  @Put()
  @Audited('tenants.set_limits', named)
  @JsonBody(MAX_BODY)
  set(
    @Param() { tenant_id: tenantId }: TenantParams,
    @Body() fields: TenantLimitsFields,
  ): Promise<SetLimits> {
    const change = LIMIT_NAMES.map((name) => [name, fields[name] ?? null]);
    return this.tenants.changeLimits(tenantId, Object.fromEntries(change));
  }
}
