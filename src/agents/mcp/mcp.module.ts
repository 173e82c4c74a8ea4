import { Module, type DynamicModule } from '@nestjs/common';
import { McpConfig } from '../../config/mcp.config.js';
import { McpServers } from './mcp-servers.js';

/** Gives the agent the tools of MCP servers: exports McpServers, in all modules of the application. */
@Module({})
export class McpModule {
  static register(config: McpConfig): DynamicModule {
    return {
      module: McpModule,
      global: true,
      providers: [{ provide: McpConfig, useValue: config }, McpServers],
      exports: [McpServers],
    };
  }
}
