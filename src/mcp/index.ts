export { ChatKitMcpModule, type ChatKitMcpOptions } from './mcp.module.js';
export { McpIndicator } from './mcp.indicator.js';
export { McpServers, type McpServerInit, type McpStatus } from './mcp-servers.js';
export type { TokenSource } from './mcp-server.js';
