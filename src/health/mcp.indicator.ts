import { Inject, Injectable, Optional } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { MCP_REPORTER, type McpReporter } from './mcp-health.port.js';

/** Tells which MCP servers answer. One that does not degrades them; answers go on without it. */
@Injectable()
export class McpIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    @Optional() @Inject(MCP_REPORTER) private readonly reporter?: McpReporter,
  ) {}

  /** Nothing where there are no servers. */
  check(): HealthIndicatorResult {
    const servers = Object.entries(this.reporter?.status() ?? {});
    if (servers.length === 0) return {};
    const failing = servers.filter(([, failure]) => failure !== undefined);
    const indicator = this.indicators.check('mcp');
    const count = servers.length;
    return failing.length === 0
      ? indicator.up({ count })
      : indicator.degraded({ count, failing: Object.fromEntries(failing) });
  }
}
