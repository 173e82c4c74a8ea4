import { MaxLength } from 'class-validator';
import { mcpServersFrom, type McpServerList, type McpServerOptions } from './mcp-server.options.js';
import { Env } from './validate.js';
import type { ConfigProblem, SelfChecking } from './validate.js';

const VARIABLE = 'CHATKIT_MCP_SERVERS';

/** The MCP servers whose tools the agent has. */
export class McpConfig implements SelfChecking {
  @Env(VARIABLE, {
    description: 'MCP servers whose tools the agent gets, as a JSON list: see “Your MCP servers”.',
    secret: true,
  })
  @MaxLength(64_000)
  readonly json: string = '';

  /** The servers that the variable names. */
  get servers(): readonly McpServerOptions[] {
    return this.#read().servers;
  }

  problems(): readonly ConfigProblem[] {
    return this.#read().problems.map((problem) => ({ variable: VARIABLE, problem }));
  }

  #read(): McpServerList {
    if (this.json === '') return { servers: [], problems: [] };
    try {
      return mcpServersFrom(JSON.parse(this.json));
    } catch {
      return { servers: [], problems: ['must be JSON'] };
    }
  }
}
