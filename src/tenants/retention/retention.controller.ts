import { Body, Get, Param, Patch } from '@nestjs/common';
import { Audited, type AuditedRequest } from '../../chatkit/audit/audited.decorator.js';
import { JsonBody } from '../../chatkit/index.js';
import { OperatorController } from '../routes/operator-controller.decorator.js';
import { TenantParams } from '../routes/tenants.dto.js';
import { TenantsService } from '../tenants.service.js';
import { retentionOf, type RetentionSettings } from './retention-days.js';
import { TenantRetentionSettings } from './retention-settings.js';
import { RetentionFields } from './retention.dto.js';

const named = ({ params }: AuditedRequest): unknown => params['tenant_id'];

/** Bytes of a body. */
const MAX_BODY = 1024;

/** How long a tenant keeps threads, where that is not as the configuration says. */
@OperatorController('tenants/:tenant_id/retention')
export class RetentionController {
  constructor(
    private readonly tenants: TenantsService,
    private readonly settings: TenantRetentionSettings,
  ) {}

  @Get()
  @Audited('retention.read', named)
  async read(@Param() { tenant_id: tenantId }: TenantParams): Promise<RetentionSettings> {
    return retentionOf((await this.tenants.show(tenantId)).settings);
  }

  @Patch()
  @Audited('retention.change', named)
  @JsonBody(MAX_BODY)
  change(
    @Param() { tenant_id: tenantId }: TenantParams,
    @Body() change: RetentionFields,
  ): Promise<RetentionSettings> {
    return this.settings.change(tenantId, change);
  }
}
