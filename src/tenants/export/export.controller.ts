import { Get, Param, Query, Req, Res } from '@nestjs/common';
import { IsOptional } from 'class-validator';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Audited } from '../../chatkit/audit/audited.decorator.js';
import { tolerateWriteErrors } from '../../chatkit/http/answer.js';
import { PacedWriter } from '../../chatkit/http/paced-writer.js';
import { whileConnected } from '../../chatkit/http/while-connected.js';
import { IsId } from '../../chatkit/index.js';
import { ENDPOINT_DEFAULTS } from '../../common/defaults.js';
import { OperatorController } from '../routes/operator-controller.decorator.js';
import { TenantParams } from '../routes/tenants.dto.js';
import { TenantExport } from './tenant-export.js';

/** Whose data is wanted. */
export class ExportFields {
  /** Default: the whole tenant's. */
  @IsOptional()
  @IsId()
  readonly user?: string;
}

/** All that a tenant, or one of its users, has. */
@OperatorController('tenants')
export class ExportController {
  constructor(private readonly exports: TenantExport) {}

  /** Answers with a line of JSON for each row, and at last how many there were; who leaves ends it. */
  @Get(':tenant_id/export')
  @Audited('tenants.export', ({ query }) => query['user'], { isReading: false })
  async export(
    @Param() { tenant_id: tenantId }: TenantParams,
    @Query() { user: userId }: ExportFields,
    @Req() request: IncomingMessage,
    @Res() response: ServerResponse,
  ): Promise<void> {
    tolerateWriteErrors(response);
    const writer = new PacedWriter(response, ENDPOINT_DEFAULTS.stallTimeoutMs);
    const counts: Record<string, number> = {};
    const write = async (text: string): Promise<void> => {
      if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/jsonl' });
      writer.write(text);
      await writer.room;
    };
    await whileConnected(request, async (gone) => {
      gone.addEventListener('abort', () => writer.close(), { once: true });
      await this.exports.run(
        { tenantId, userId },
        async ({ kind, lines }) => {
          if (lines.length === 0) return;
          counts[kind] = (counts[kind] ?? 0) + lines.length;
          await write(`${lines.join('\n')}\n`);
        },
        undefined,
        gone,
      );
      gone.throwIfAborted();
      await write(`${JSON.stringify({ kind: 'end', row: { counts } })}\n`);
    });
    writer.end();
  }
}
