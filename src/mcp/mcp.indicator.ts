import { Inject, Injectable } from '@nestjs/common';
import { healthReport, type HealthIndicator, type HealthReport } from '../common/health.js';
import { McpServers } from './mcp-servers.js';

/** Tells which MCP servers answer. One that does not degrades them; answers go on without it. */
@Injectable()
export class McpIndicator implements HealthIndicator {
  constructor(@Inject(McpServers) private readonly servers: Pick<McpServers, 'status'>) {}

  /** Nothing where there are no servers. */
  check(): HealthReport {
    const servers = Object.entries(this.servers.status());
    const count = servers.length;
    if (count === 0) return {};
    const failing = servers.filter(([, failure]) => failure !== undefined);
    return failing.length === 0
      ? healthReport('mcp', 'up', { count })
      : healthReport('mcp', 'degraded', { count, failing: Object.fromEntries(failing) });
  }
}
