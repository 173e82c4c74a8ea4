import type { Tool } from '@modelcontextprotocol/client';
import type { RequestContext } from '../auth/context/request-context.js';
import { ChatKitLogger } from '../common/logging/chatkit-logger.js';
import { systemClock, type Clock } from '../common/clock.js';
import type { McpServerOptions } from '../config/mcp-server.options.js';
import { credentialHeaders, type Caller } from './credentials.js';
import { McpConnection } from './mcp-connection.js';
import { exchangeFailure, mcpFailure, type McpFailure } from './mcp-failure.js';
import type { McpSession } from './mcp-session.js';
import { RetryGate, type GateFailure } from './retry-gate.js';
import { TokenExchange } from './token-exchange.js';
import { listKey, ToolLists } from './tool-lists.js';

const MAX_TOOLS = 64;
const MAX_SCHEMA = 20_000;
const NEVER = new AbortController().signal;

/** The token that a server gets for a request. Undefined: none, and its tools are left out. */
export type TokenSource = (context: RequestContext) => string | undefined | Promise<string | undefined>;

/**
 * One server: what is known about its health, and sessions with it. Behind an address every answer that
 * calls a tool has a session of its own, so that none outlives the identity it was opened for; a command is
 * one process that everybody shares, started again after it has ended.
 */
export class McpServer {
  readonly #logger = new ChatKitLogger('ChatKitMcp');
  readonly #gate: RetryGate;
  readonly #lists: ToolLists;
  readonly #exchange: TokenExchange | undefined;
  #shared: Promise<McpConnection> | undefined;

  constructor(
    readonly options: McpServerOptions,
    private readonly token: TokenSource,
    clock: Pick<Clock, 'now' | 'random'> = systemClock,
  ) {
    this.#gate = new RetryGate(options.connectTimeoutMs * 2, clock);
    this.#lists = new ToolLists(clock);
    const { auth, connectTimeoutMs } = options;
    this.#exchange = auth.exchange && new TokenExchange(auth.exchange, connectTimeoutMs, clock);
  }

  /** What it failed with last; undefined once it has answered. */
  get lastFailure(): GateFailure | undefined {
    return this.#gate.lastFailure;
  }

  /** A session in the name of whoever sent the request; undefined when there can be none now. */
  async open(context: RequestContext): Promise<McpSession | undefined> {
    const { options } = this;
    if (!this.#gate.pass()) return undefined;
    const caller = await this.#caller(context);
    if (caller === undefined && options.authMode !== 'none') return undefined;
    const isCommand = options.url === undefined;
    const key = listKey(context.tenantId, context.userId, caller?.token);
    let opening: Promise<McpConnection> | undefined;
    const connect = (): Promise<McpConnection> => (opening ??= this.#opened(caller, context, key));
    const close = (): void => {
      if (!isCommand) void opening?.then((connection) => connection.close()).catch(() => undefined);
    };
    try {
      const known = isCommand ? undefined : this.#lists.get(key);
      const tools = known ?? this.#usable(await connect());
      if (known === undefined) this.#lists.set(key, tools);
      return { server: options, tools, caller, connect, close };
    } catch {
      return undefined;
    }
  }

  /** Starts a command, so that the first answer need not wait for it. */
  warmUp(): void {
    if (this.options.url === undefined) this.#command().catch((error: unknown) => this.#failed(error));
  }

  /** Ends a command. */
  async close(): Promise<void> {
    const connection = await this.#shared?.catch(() => undefined);
    await connection?.close();
  }

  /** Whoever asks, with the token that the server may have; why there is none has been logged. */
  async #caller(context: RequestContext): Promise<Caller | undefined> {
    if (this.options.authMode === 'none') return undefined;
    const { userId } = context;
    const own = await this.#own(context);
    if (!own) {
      this.#leftOut('no token');
      return undefined;
    }
    if (this.#exchange === undefined) return { userId, token: own };
    try {
      return { userId, token: await this.#exchange.of(context, own), exchanged: own };
    } catch (error) {
      this.#blame(exchangeFailure(error));
      return undefined;
    }
  }

  async #own(context: RequestContext): Promise<string | undefined> {
    try {
      return await this.token(context);
    } catch {
      // a token that cannot be had says nothing about the server
      return undefined;
    }
  }

  /** @throws what has been logged already */
  async #opened(caller: Caller | undefined, context: RequestContext, key: string): Promise<McpConnection> {
    const { signal } = context;
    try {
      const connection = await this.#connect(caller, signal);
      this.#gate.succeeded();
      return connection;
    } catch (error) {
      this.#lists.forget(key);
      if (caller?.exchanged !== undefined) this.#exchange?.forget(context, caller.exchanged);
      if (!signal.aborted) this.#failed(error);
      throw error;
    }
  }

  #connect(caller: Caller | undefined, signal: AbortSignal): Promise<McpConnection> {
    const { options } = this;
    if (options.url !== undefined) {
      return McpConnection.open(options, credentialHeaders(options, caller), signal);
    }
    return this.#command();
  }

  /** The session with the command, which is started when there is none. */
  async #command(): Promise<McpConnection> {
    const shared = (this.#shared ??= this.#start());
    const connection = await shared;
    if (connection.isOpen) return connection;
    if (this.#shared === shared) this.#shared = undefined;
    return (this.#shared ??= this.#start());
  }

  async #start(): Promise<McpConnection> {
    try {
      return await McpConnection.open(this.options, {}, NEVER);
    } catch (error) {
      this.#shared = undefined;
      throw error;
    }
  }

  #failed(error: unknown): void {
    this.#blame(mcpFailure(error));
  }

  #blame({ reason, fault }: McpFailure): void {
    if (fault) {
      this.#gate.failed(reason);
      this.#lists.forget();
    }
    this.#leftOut(reason);
  }

  #leftOut(reason: string): void {
    this.#logger.warn('an MCP server is left out', { server: this.options.name, reason });
  }

  #usable({ tools }: McpConnection): Tool[] {
    const { tools: allowed, name: server } = this.options;
    const known = allowed === undefined ? tools : tools.filter(({ name }) => allowed.includes(name));
    const usable = known.filter(({ inputSchema }) => JSON.stringify(inputSchema).length <= MAX_SCHEMA);
    const kept = usable.slice(0, MAX_TOOLS);
    const dropped = known.length - kept.length;
    if (dropped > 0) this.#logger.warn('tools of an MCP server are left out', { server, dropped });
    return kept;
  }
}
