import type { Tool } from '@modelcontextprotocol/client';
import type { McpServerOptions } from '../../config/mcp-server.options.js';
import type { Caller } from './credentials.js';
import type { McpConnection } from './mcp-connection.js';

/** What one answer may do with one server, in the name of one caller. */
export interface McpSession {
  readonly server: McpServerOptions;
  readonly connection: McpConnection;
  /** The tools that may be used. */
  readonly tools: readonly Tool[];
  /** Undefined where the server is told nothing. */
  readonly caller: Caller | undefined;
  close(): void;
}
