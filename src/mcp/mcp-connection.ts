import {
  Client,
  StreamableHTTPClientTransport,
  type CallToolResult,
  type Tool,
} from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { McpServerOptions } from '../config/mcp-server.options.js';
import { boundedFetch } from './bounded-fetch.js';

const CLIENT = { name: 'nestjs-chatkit', version: '1' };
const MAX_PAGES = 8;
const FAREWELL_MS = 2000;

/** A session with a server, opened under the credentials it was given and under no others. */
export class McpConnection {
  private constructor(
    private readonly client: Client,
    private readonly transport: StreamableHTTPClientTransport | StdioClientTransport,
    private readonly timeoutMs: number,
    /** The server's tools, as it describes them. */
    readonly tools: readonly Tool[],
  ) {}

  /** Whether the session has not ended, whoever might have ended it. */
  get isOpen(): boolean {
    return this.client.transport !== undefined;
  }

  /**
   * Connects and asks for the tools.
   *
   * @param headers sent with every request; a command gets none
   * @throws what the way to the server fails with, a TimeoutError, or the signal's reason
   */
  static async open(
    server: McpServerOptions,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<McpConnection> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(server.connectTimeoutMs)]);
    limit.throwIfAborted();
    const client = new Client(CLIENT, { listMaxPages: MAX_PAGES });
    const transport = transportTo(server, headers);
    // ends what does not listen to a signal of its own
    const giveUp = (): void => void client.close().catch(() => undefined);
    limit.addEventListener('abort', giveUp, { once: true });
    try {
      await client.connect(transport, { signal: limit, timeout: server.connectTimeoutMs });
      const { tools } = client.getServerCapabilities()?.tools
        ? await client.listTools(undefined, { signal: limit, timeout: server.connectTimeoutMs })
        : { tools: [] };
      return new McpConnection(client, transport, server.timeoutMs, tools);
    } catch (error) {
      giveUp();
      throw limit.aborted ? limit.reason : error;
    } finally {
      limit.removeEventListener('abort', giveUp);
    }
  }

  /** Calls a tool; ends with the signal, which the server is told of. */
  call(name: string, args: Record<string, unknown>, signal: AbortSignal): Promise<CallToolResult> {
    const timeout = this.timeoutMs;
    return this.client.callTool({ name, arguments: args }, { signal, timeout, maxTotalTimeout: timeout });
  }

  /** Ends the session, on the server too as far as it listens. */
  async close(): Promise<void> {
    if (this.transport instanceof StreamableHTTPClientTransport) {
      const giveUp = setTimeout(() => void this.client.close().catch(() => undefined), FAREWELL_MS).unref();
      await this.transport.terminateSession().catch(() => undefined);
      clearTimeout(giveUp);
    }
    await this.client.close().catch(() => undefined);
  }
}

function transportTo(
  { url, command = '', args, env }: McpServerOptions,
  headers: Readonly<Record<string, string>>,
): StreamableHTTPClientTransport | StdioClientTransport {
  // what a command writes to stderr may quote what it was given
  if (url === undefined)
    return new StdioClientTransport({ command, args, stderr: 'ignore', ...(env && { env }) });
  return new StreamableHTTPClientTransport(new URL(url), { fetch: boundedFetch, requestInit: { headers } });
}
