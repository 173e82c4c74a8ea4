import { Logger } from '@nestjs/common';
import type { Tool } from '@modelcontextprotocol/client';
import type { RequestContext } from '../../auth/request-context.js';
import type { McpServerOptions } from '../../config/mcp-server.options.js';
import { credentialHeaders, type Caller } from './credentials.js';
import { McpConnection } from './mcp-connection.js';
import { mcpFailure } from './mcp-failure.js';
import type { McpSession } from './mcp-session.js';
import { RetryGate, type GateClock, type GateFailure } from './retry-gate.js';

const MAX_TOOLS = 64;
const MAX_SCHEMA = 20_000;
const NEVER = new AbortController().signal;

/** The token that a server gets for a request. Undefined: none, and its tools are left out. */
export type TokenSource = (context: RequestContext) => string | undefined | Promise<string | undefined>;

/**
 * One server: what is known about its health, and sessions with it. Behind an address every answer has a
 * session of its own, so that none outlives the identity it was opened for; a command is one process that
 * everybody shares, started again after it has ended.
 */
export class McpServer {
  readonly #logger = new Logger('ChatKitMcp');
  readonly #gate: RetryGate;
  #shared: Promise<McpConnection> | undefined;

  constructor(
    readonly options: McpServerOptions,
    private readonly token: TokenSource,
    clock?: GateClock,
  ) {
    this.#gate = new RetryGate(options.connectTimeoutMs * 2, clock);
  }

  /** What it failed with last; undefined once it has answered. */
  get lastFailure(): GateFailure | undefined {
    return this.#gate.lastFailure;
  }

  /** A session in the name of whoever sent the request; undefined when there can be none now. */
  async open(context: RequestContext): Promise<McpSession | undefined> {
    const { options } = this;
    const { signal, correlationId } = context;
    const leaveOut = (reason: string): undefined => {
      this.#logger.warn({
        message: 'an MCP server is left out',
        server: options.name,
        reason,
        correlationId,
      });
    };
    try {
      const caller = options.authMode === 'none' ? undefined : await this.#caller(context);
      if (caller === undefined && options.authMode !== 'none') return leaveOut('no token');
      if (!this.#gate.pass()) return undefined;
      const connection = await this.#connect(caller, signal);
      this.#gate.succeeded();
      const close = (): void => void (options.url !== undefined && connection.close());
      return { server: options, connection, tools: this.#usable(connection), caller, close };
    } catch (error) {
      if (signal.aborted) return undefined;
      const { reason, fault } = mcpFailure(error);
      if (fault) this.#gate.failed(reason);
      return leaveOut(reason);
    }
  }

  /** Starts a command, so that the first answer need not wait for it. */
  warmUp(): void {
    if (this.options.url === undefined) this.#connect(undefined, NEVER).catch(() => undefined);
  }

  /** Ends a command. */
  async close(): Promise<void> {
    const connection = await this.#shared?.catch(() => undefined);
    await connection?.close();
  }

  async #caller(context: RequestContext): Promise<Caller | undefined> {
    const token = await this.token(context);
    return token ? { userId: context.userId, token } : undefined;
  }

  #connect(caller: Caller | undefined, signal: AbortSignal): Promise<McpConnection> {
    const { options } = this;
    if (options.url !== undefined) {
      return McpConnection.open(options, credentialHeaders(options, caller), signal);
    }
    this.#shared ??= this.#start();
    return this.#shared;
  }

  async #start(): Promise<McpConnection> {
    try {
      const connection = await McpConnection.open(this.options, {}, NEVER);
      connection.onEnd = () => (this.#shared = undefined);
      return connection;
    } catch (error) {
      this.#shared = undefined;
      throw error;
    }
  }

  #usable({ tools }: McpConnection): Tool[] {
    const { tools: allowed, name: server } = this.options;
    const known = allowed === undefined ? tools : tools.filter(({ name }) => allowed.includes(name));
    const usable = known.filter(({ inputSchema }) => JSON.stringify(inputSchema).length <= MAX_SCHEMA);
    const kept = usable.slice(0, MAX_TOOLS);
    const dropped = known.length - kept.length;
    if (dropped > 0) this.#logger.warn({ message: 'tools of an MCP server are left out', server, dropped });
    return kept;
  }
}
