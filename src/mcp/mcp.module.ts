import { Module, type DynamicModule } from '@nestjs/common';
import { McpConfig } from '../config/mcp.config.js';
import { CHATKIT_TOOL_SOURCE } from '../agents/run/tool-source.port.js';
import { McpServers } from './mcp-servers.js';

/** Gives the agent the tools of MCP servers: exports McpServers, in all modules of the application. */
@Module({})
export class ChatKitMcpModule {
  static register(config: McpConfig): DynamicModule {
    return {
      module: ChatKitMcpModule,
      global: true,
      providers: [
        { provide: McpConfig, useValue: config },
        McpServers,
        { provide: CHATKIT_TOOL_SOURCE, useExisting: McpServers },
      ],
      exports: [McpServers, CHATKIT_TOOL_SOURCE],
    };
  }
}
