import { Controller, Get, UseFilters } from '@nestjs/common';
import { HealthCheck, HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { ChatKitExceptionFilter } from '../chatkit/json-exception.filter.js';
import { AttachmentsIndicator } from './attachments.indicator.js';
import { ChatKitIndicator } from './chatkit.indicator.js';
import { McpIndicator } from './mcp.indicator.js';
import { ModelIndicator } from './model.indicator.js';
import { RetrievalIndicator } from './retrieval.indicator.js';
import { UnhealthyFilter } from './unhealthy.filter.js';

/** Health for whoever runs the server. Open to anyone, so it tells states and figures, never addresses. */
@Controller('health')
// the last one that fits is asked
@UseFilters(ChatKitExceptionFilter, UnhealthyFilter)
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly chatkit: ChatKitIndicator,
    private readonly model: ModelIndicator,
    private readonly mcp: McpIndicator,
    private readonly retrieval: RetrievalIndicator,
    private readonly attachments: AttachmentsIndicator,
  ) {}

  /** Everything that is known; 503 when something is down. */
  @Get()
  @HealthCheck()
  all(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.chatkit.check(),
      () => this.model.check(),
      () => this.mcp.check(),
      () => this.retrieval.check(),
      () => this.attachments.check(),
    ]);
  }

  /** Whether the process turns at all: 200 until it stops. */
  @Get('live')
  @HealthCheck()
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Whether requests should be sent here: 503 while chat is configured but cannot be served. */
  @Get('ready')
  @HealthCheck()
  ready(): Promise<HealthCheckResult> {
    return this.health.check([() => this.chatkit.check()]);
  }
}
