import { Body, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Audited, type AuditedRequest } from '../../chatkit/audit/audited.decorator.js';
import { JsonBody } from '../../chatkit/index.js';
import { isRecord } from '../../common/is-record.js';
import type { ListedTenant } from '../tenant-list.js';
import type { TenantRecord } from '../../store/index.js';
import { TenantMove } from '../move/tenant-move.js';
import { TenantsService } from '../tenants.service.js';
import { OperatorController } from './operator-controller.decorator.js';
import { answerWithProgress } from './progress.js';
import { MoveFields, NewTenantFields, TenantParams, TenantsFields } from './tenants.dto.js';

/** A tenant as operators see it. */
export interface TenantView {
  readonly tenant_id: string;
  /** Name of the database that it is in. */
  readonly database: string;
  /** Whether that database was there; otherwise nothing else of the tenant is known for certain. */
  readonly is_reachable: boolean;
  readonly isolation: string;
  readonly status: string;
  /** Version of its own schema; null where it has none. */
  readonly version: string | null;
  /** Whether a move was cut off, which another call goes on with. */
  readonly is_moving: boolean;
  /** Whether something of it is on legal hold. */
  readonly is_held: boolean;
  readonly created_at: Date;
  readonly updated_at: Date;
}

interface TenantPageView {
  readonly data: readonly TenantView[];
  readonly has_more: boolean;
}

const named = ({ params }: AuditedRequest): unknown => params['tenant_id'];

/** Bytes of a body. */
const MAX_BODY = 4096;

/** The tenants of the service. */
@OperatorController('tenants')
export class TenantsController {
  constructor(
    private readonly tenants: TenantsService,
    private readonly moves: TenantMove,
  ) {}

  /** A page of them, by name. */
  @Get()
  @Audited('tenants.list')
  async list(@Query() { after, limit }: TenantsFields): Promise<TenantPageView> {
    const { data, hasMore } = await this.tenants.list({ after, limit });
    return { data: data.map(view), has_more: hasMore };
  }

  /** Adds one before its first member comes. */
  @Post()
  @Audited('tenants.add', ({ result }) => isRecord(result) && result['tenant_id'])
  @JsonBody(MAX_BODY)
  async add(@Body() { tenant_id: tenantId, ...place }: NewTenantFields): Promise<TenantView> {
    return view(await this.tenants.add(tenantId, place));
  }

  @Get(':tenant_id')
  @Audited('tenants.show', named)
  async show(@Param() { tenant_id: tenantId }: TenantParams): Promise<TenantView> {
    return view(await this.tenants.show(tenantId));
  }

  /** Shuts it: members and administrators are refused, nothing is removed. */
  @Post(':tenant_id/suspend')
  @Audited('tenants.suspend', named)
  @HttpCode(200)
  async suspend(@Param() { tenant_id: tenantId }: TenantParams): Promise<TenantView> {
    return view(await this.tenants.suspend(tenantId));
  }

  /** Opens it again. */
  @Post(':tenant_id/resume')
  @Audited('tenants.resume', named)
  @HttpCode(200)
  async resume(@Param() { tenant_id: tenantId }: TenantParams): Promise<TenantView> {
    return view(await this.tenants.resume(tenantId));
  }

  /** Moves it while it is used, and tells how far it has come. */
  @Post(':tenant_id/move')
  @Audited('tenants.move', named)
  @JsonBody(MAX_BODY)
  async move(
    @Param() { tenant_id: tenantId }: TenantParams,
    @Body() { to: isolation, to_database: database }: MoveFields,
    @Req() request: IncomingMessage,
    @Res() response: ServerResponse,
  ): Promise<void> {
    await answerWithProgress(request, response, (tell, signal) =>
      this.moves.move(tenantId, { isolation, database }, tell, signal),
    );
  }
}

function view(tenant: TenantRecord | ListedTenant): TenantView {
  return {
    tenant_id: tenant.tenantId,
    database: tenant.database,
    is_reachable: !('isReachable' in tenant) || tenant.isReachable,
    isolation: tenant.isolation,
    status: tenant.status,
    version: tenant.migratedTo ?? null,
    is_moving: tenant.leftovers,
    is_held: tenant.held,
    created_at: tenant.createdAt,
    updated_at: tenant.updatedAt,
  };
}
