import { ConfigurableModuleBuilder, Module, type DynamicModule } from '@nestjs/common';
import { ObserversModule } from '../common/observer/observers.module.js';
import { CHATKIT_TOOL_SOURCE } from '../agents/run/tool-source.port.js';
import { completeConfig, type ConfigInit } from '../config/complete-config.js';
import { McpConfig } from '../config/mcp.config.js';
import { McpIndicator } from './mcp.indicator.js';
import { McpServers } from './mcp-servers.js';

/** What `ChatKitMcpModule.forRoot()` takes. */
export interface ChatKitMcpOptions {
  /** An `McpConfig`, or a plain object with some of its properties. Default: no servers but those added in code. */
  readonly config?: ConfigInit<McpConfig>;
}

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<ChatKitMcpOptions>({ moduleName: 'ChatKitMcp' })
    .setClassMethodName('forRoot')
    .build();

/** Gives the agents of the application the tools of MCP servers. Imported once, available everywhere. */
@Module({
  imports: [ObserversModule],
  providers: [
    {
      provide: McpConfig,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: ({ config }: ChatKitMcpOptions) => completeConfig(McpConfig, config),
    },
    McpServers,
    McpIndicator,
    { provide: CHATKIT_TOOL_SOURCE, useExisting: McpServers },
  ],
  exports: [McpServers, McpIndicator, CHATKIT_TOOL_SOURCE],
})
export class ChatKitMcpModule extends ConfigurableModuleClass {
  /** With servers that are known when the module is declared. */
  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    return { ...super.forRoot(options), global: true };
  }

  /** With servers that a factory names. */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    return { ...super.forRootAsync(options), global: true };
  }
}
