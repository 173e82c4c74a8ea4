import { IsOptional, Matches, MaxLength } from 'class-validator';
import type { McpClient } from './mcp-auth.options.js';
import { mcpServersFrom, type McpServerList, type McpServerOptions } from './mcp-server.options.js';
import { Env } from './validate.js';
import type { ConfigProblem, SelfChecking } from './validate.js';

const VARIABLE = 'CHATKIT_MCP_SERVERS';
const PRINTABLE = /^[\x21-\x7e]{1,1000}$/;

/** The MCP servers whose tools the agent has. */
export class McpConfig implements SelfChecking {
  @Env(VARIABLE, {
    description: 'MCP servers whose tools the agent gets, as a JSON list: see [MCP servers](mcp.md).',
    secret: true,
  })
  @MaxLength(64_000)
  readonly json: string = '';

  @Env('CHATKIT_MCP_CLIENT_ID', {
    description: 'Client that exchanges tokens for MCP servers whose `auth.exchange` names none.',
  })
  @IsOptional()
  @Matches(PRINTABLE, { message: 'must be 1 to 1000 characters without spaces' })
  readonly clientId?: string;

  @Env('CHATKIT_MCP_CLIENT_SECRET', { description: 'Secret of that client, if it has one.', secret: true })
  @IsOptional()
  @Matches(PRINTABLE, { message: 'must be 1 to 1000 characters without spaces' })
  readonly clientSecret?: string;

  /** The client that exchanges tokens, as far as there is one. */
  get client(): McpClient {
    const { clientId, clientSecret } = this;
    return { ...(clientId && { clientId }), ...(clientSecret && { clientSecret }) };
  }

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
      return mcpServersFrom(JSON.parse(this.json), this.client);
    } catch {
      return { servers: [], problems: ['must be JSON'] };
    }
  }
}
