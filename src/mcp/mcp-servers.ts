import {
  Injectable,
  Optional,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ChatKitLogger } from '../common/logging/chatkit-logger.js';
import type { ToolSource } from '../agents/run/tool-source.port.js';
import type { RequestContext } from '../auth/context/request-context.js';
import { Observers } from '../common/observer/observers.js';
import { McpConfig } from '../config/mcp.config.js';
import type { McpAuthOptions } from '../config/mcp-auth.options.js';
import { mcpServersFrom, type McpServerOptions } from '../config/mcp-server.options.js';
import { ExtensionError } from '../common/discovery/extension-error.js';
import { McpAccess } from './mcp-access.js';
import { McpServer, type TokenSource } from './mcp-server.js';
import type { GateFailure } from './retry-gate.js';

/** A server as it is added in code: the options of `CHATKIT_MCP_SERVERS`, and where its token comes from. */
export interface McpServerInit extends Partial<Omit<McpServerOptions, 'auth' | 'name' | 'authMode'>> {
  readonly name: string;
  readonly auth?: Partial<McpAuthOptions>;
  /** Default: the token that the request came with. With one, `auth.mode` is not `none` unless it says so. */
  readonly token?: TokenSource;
}

/** What health reports: the last failure of each server, undefined where it has answered since. */
export type McpStatus = Readonly<Record<string, GateFailure | undefined>>;

const LOCAL = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Whether others may read along on the way to an address. */
function isOpen(address: string | undefined): boolean {
  if (address === undefined) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !LOCAL.test(hostname);
}

/** Whoever says where a token comes from wants it handed on. */
function handingOn(init: Omit<McpServerInit, 'token'>): Omit<McpServerInit, 'token'> {
  const mode = init.url === undefined ? 'arguments' : 'header';
  return { ...init, auth: { ...init.auth, mode: init.auth?.mode ?? mode } };
}

const callersToken: TokenSource = ({ token }) => token;

/** The MCP servers whose tools the agent has: those of the configuration, and those added in code. */
@Injectable()
export class McpServers implements ToolSource, OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new ChatKitLogger('ChatKitMcp');
  readonly #servers = new Map<string, McpServer>();

  constructor(
    private readonly config: McpConfig,
    @Optional() private readonly observers?: Observers,
  ) {
    for (const options of config.servers) this.#add(options, callersToken);
  }

  /**
   * Adds a server, from `onModuleInit` or a constructor.
   *
   * @throws ExtensionError naming what is wrong with the options
   */
  add({ token, ...init }: McpServerInit): void {
    const { servers, problems } = mcpServersFrom(
      [token === undefined ? init : handingOn(init)],
      this.config.client,
    );
    const taken = this.#servers.has(init.name) ? [`server "${init.name}": name is taken`] : [];
    if (problems.length + taken.length > 0) throw new ExtensionError([...problems, ...taken]);
    for (const options of servers) this.#add(options, token ?? callersToken);
  }

  /** Starts the commands, without waiting for them. */
  onApplicationBootstrap(): void {
    for (const server of this.#servers.values()) server.warmUp();
  }

  /** Ends all connections when the application stops. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.#servers.values()].map((server) => server.close()));
  }

  /**
   * What an answer has of the servers. One that is absent, slow or does not let the caller in is left out.
   *
   * @param taken names of other tools of the agent
   * @returns undefined where no server is left
   */
  async open(context: RequestContext, taken: Iterable<string> = []): Promise<McpAccess | undefined> {
    const opened = await Promise.all([...this.#servers.values()].map((server) => server.open(context)));
    const sessions = opened.filter((session) => session !== undefined);
    if (sessions.length === 0) return undefined;
    return new McpAccess(sessions, taken, context.token, this.observers);
  }

  /** Costs nothing: no server is asked. */
  status(): McpStatus {
    return Object.fromEntries([...this.#servers].map(([name, { lastFailure }]) => [name, lastFailure]));
  }

  #add(options: McpServerOptions, token: TokenSource): void {
    const { name: server, url, auth } = options;
    this.#servers.set(server, new McpServer(options, token));
    if (isOpen(url)) this.#logger.warn('an MCP server is reached without encryption', { server });
    if (isOpen(auth.exchange?.tokenEndpoint)) {
      this.#logger.warn('tokens for an MCP server are exchanged without encryption', { server });
    }
  }
}
