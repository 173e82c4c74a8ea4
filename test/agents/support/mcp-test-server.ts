import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NodeStreamableHTTPServerTransport } from '@modelcontextprotocol/node';
import { McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { toolsByArguments, toolsByHeader, toolsThatTell, type Lookup } from './mcp-tools.js';

export interface McpTestServerOptions {
  /** Name of the header that must hold a valid token, its scheme included; none: everybody may connect. */
  readonly header?: string;
  /** Default: any free port. */
  readonly port?: number;
  /** Tells the token wherever it says something. */
  readonly tells?: boolean;
  /** Accepts connections, and answers nothing. */
  readonly silent?: boolean;
}

/** An MCP server by the official SDK, over streamable HTTP, that lets in whoever has the right token. */
export class McpTestServer implements AsyncDisposable {
  /** Users by token; a test may take one out, as if it had expired. */
  readonly users = new Map<string, string>();
  /** The token of each session, in the order in which they began. */
  readonly sessions: (string | undefined)[] = [];
  /** Requests in a session of another token. */
  readonly mixedUp: string[] = [];
  /** What order_status was called with. */
  readonly calls: unknown[] = [];
  /** Resolves with the signal of a call of `wait`. */
  readonly waiting = Promise.withResolvers<AbortSignal>();
  readonly #open = new Map<string, NodeStreamableHTTPServerTransport>();
  readonly #tokens = new Map<string, string | undefined>();
  readonly #lookup: Lookup = (token) => this.users.get(token ?? '');
  readonly #server: Server;
  readonly #ended: (() => void)[] = [];

  private constructor(private readonly options: McpTestServerOptions) {
    this.#server = createServer((request, response) => void this.#handle(request, response));
  }

  static async start(options: McpTestServerOptions = {}): Promise<McpTestServer> {
    const server = new McpTestServer(options);
    server.#server.listen(options.port ?? 0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/mcp`;
  }

  /** Resolves when no session is open. */
  async idle(): Promise<void> {
    while (this.#open.size > 0) await new Promise<void>((resolve) => this.#ended.push(resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.options.silent) return;
    const token = this.#tokenOf(request);
    if (this.options.header !== undefined && this.#lookup(token) === undefined) {
      response.writeHead(401).end(`not ${String(token)}`);
      return;
    }
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? this.#open.get(id) : undefined;
    if (typeof id === 'string' && this.#tokens.get(id) !== token) this.mixedUp.push(String(token));
    if (typeof id === 'string' && known === undefined) {
      response.writeHead(404).end();
      return;
    }
    await (known ?? (await this.#begin(token))).handleRequest(request, response);
  }

  async #begin(token: string | undefined): Promise<NodeStreamableHTTPServerTransport> {
    this.sessions.push(token);
    const transport = new NodeStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => {
        this.#open.set(id, transport);
        this.#tokens.set(id, token);
      },
      onsessionclosed: (id) => {
        this.#open.delete(id);
        for (const resolve of this.#ended.splice(0)) resolve();
      },
    });
    await this.#serverFor(token).connect(transport);
    return transport;
  }

  #serverFor(token: string | undefined): McpServer {
    const { tells } = this.options;
    const server = new McpServer(
      { name: 'test', version: '1', ...(tells && { title: String(token) }) },
      tells ? { instructions: String(token) } : {},
    );
    if (tells) toolsThatTell(server, String(token));
    toolsByHeader(server, token, this.#lookup);
    toolsByArguments(server, this.#lookup, this.calls);
    server.registerTool('wait', { inputSchema: z.object({}) }, async (_args, { mcpReq }) => {
      this.waiting.resolve(mcpReq.signal);
      await once(mcpReq.signal, 'abort');
      return { content: [] };
    });
    return server;
  }

  #tokenOf({ headers }: IncomingMessage): string | undefined {
    const value = headers[(this.options.header ?? 'authorization').toLowerCase()];
    return typeof value === 'string' ? value.replace(/^Bearer /, '') : undefined;
  }
}
