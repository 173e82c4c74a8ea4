export { ChatKitMcpModule } from './mcp.module.js';
export { McpServers, type McpServerInit, type McpStatus } from './mcp-servers.js';
export type { TokenSource } from './mcp-server.js';
