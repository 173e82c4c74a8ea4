import { Body, Get, Post, Req, Res } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Audited } from '../../chatkit/audit/audited.decorator.js';
import { JsonBody } from '../../chatkit/index.js';
import { TenantMigrations } from '../migrate/tenant-migrations.js';
import { OperatorController } from './operator-controller.decorator.js';
import { answerWithProgress } from './progress.js';
import { MigrateFields } from './tenants.dto.js';

interface MigrationsView {
  /** Tenants that have a schema of their own. */
  readonly schemas: number;
  /** How many of these schemas are not up to date, and whose the first of them are. */
  readonly outdated: number;
  readonly tenant_ids: readonly string[];
}

/** Bytes of a body. */
const MAX_BODY = 1024;
/** Tenants named in one answer. */
const NAMED = 1000;

/** Whether the schemas of tenants are up to date. */
@OperatorController('migrations')
export class MigrationsController {
  constructor(private readonly migrations: TenantMigrations) {}

  /** Changes nothing. */
  @Get()
  @Audited('migrations.status')
  async status(): Promise<MigrationsView> {
    const { schemas, outdated } = await this.migrations.status();
    return { schemas, outdated: outdated.length, tenant_ids: outdated.slice(0, NAMED) };
  }

  /** Brings them up to date, and tells of each. */
  @Post()
  @Audited('migrations.run')
  @JsonBody(MAX_BODY)
  async migrate(
    @Body() { at_once: atOnce, attempts }: MigrateFields,
    @Req() request: IncomingMessage,
    @Res() response: ServerResponse,
  ): Promise<void> {
    await answerWithProgress(request, response, (tell, signal) =>
      this.migrations.run(
        ({ tenantId, isPassing, failure }) =>
          tell({ tenant_id: tenantId, failed: failure !== undefined, again: isPassing }),
        { atOnce, attempts, signal },
      ),
    );
  }
}
