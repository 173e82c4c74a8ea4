export { McpConfig } from '../config/mcp.config.js';
export {
  ChatKitMcpModule,
  McpIndicator,
  McpServers,
  type ChatKitMcpOptions,
  type McpServerInit,
} from '../mcp/index.js';
