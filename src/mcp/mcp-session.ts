import type { Tool } from '@modelcontextprotocol/client';
import type { McpServerOptions } from '../config/mcp-server.options.js';
import type { Caller } from './credentials.js';
import type { McpConnection } from './mcp-connection.js';

/** What one answer may do with one server, in the name of one caller. */
export interface McpSession {
  readonly server: McpServerOptions;
  /** The tools that may be used. */
  readonly tools: readonly Tool[];
  /** Undefined where the server is told nothing. */
  readonly caller: Caller | undefined;
  /** The connection, made when it is first asked for. */
  connect(): Promise<McpConnection>;
  /** Ends the connection, if there is one. */
  close(): void;
}
