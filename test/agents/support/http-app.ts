import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Model } from '@openai/agents';
import type { Request } from 'express';
import { ChatKitAgentsModule, RespondService } from '../../../src/agents/index.js';
import { ChatKitMcpModule } from '../../../src/mcp/index.js';
import type { HostIdentity } from '../../../src/auth/index.js';
import { MemoryStore } from '../../../src/chatkit/core/index.js';
import { ChatKitModule } from '../../../src/chatkit/index.js';
import { McpConfig } from '../../../src/config/mcp.config.js';
import { loadConfig } from '../../../src/config/validate.js';
import { RawClient } from '../../http/raw-client.js';
import { agentsConfig, message } from './chat.js';

/** Knows everybody as the same member, with the token that was sent. */
function identity({ headers }: Request): HostIdentity {
  return { tenantId: 'acme', userId: 'u-ada', token: headers.authorization?.slice('Bearer '.length) };
}

/** The endpoint with an agent behind it, over HTTP. */
export class HttpApp implements AsyncDisposable {
  private constructor(private readonly app: NestExpressApplication) {}

  /** @param servers MCP servers, as in CHATKIT_MCP_SERVERS */
  static async start(
    model: Model,
    providers: readonly Type[] = [],
    servers: readonly object[] = [],
    change: Parameters<typeof agentsConfig>[0] = {},
  ): Promise<HttpApp> {
    const mcp = loadConfig(McpConfig, { CHATKIT_MCP_SERVERS: JSON.stringify(servers) });
    @Module({
      imports: [
        ChatKitMcpModule.forRoot({ config: mcp }),
        ChatKitModule.forRoot({
          imports: [ChatKitAgentsModule.forRoot({ config: agentsConfig(change), model })],
          server: RespondService,
          store: { useClass: MemoryStore },
          identity,
        }),
      ],
      providers: [...providers],
    })
    class App {}
    const app = await NestFactory.create<NestExpressApplication>(App, {
      bodyParser: false,
      forceCloseConnections: true,
      logger: ['warn', 'error'],
      abortOnError: false,
    });
    await app.listen(0, '127.0.0.1');
    return new HttpApp(app);
  }

  get port(): number {
    const server: Server = this.app.getHttpServer();
    return (server.address() as AddressInfo).port;
  }

  /** A client that has asked something and goes on receiving. */
  async ask(text: string): Promise<RawClient> {
    const client = await RawClient.connect(this.port);
    return client.post(message(text));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app.close();
  }
}
