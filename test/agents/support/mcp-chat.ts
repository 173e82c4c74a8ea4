import { Module, type INestApplicationContext, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Model } from '@openai/agents';
import { ChatKitAgentsModule, RespondService } from '../../../src/agents/index.js';
import { ChatKitMcpModule, McpServers } from '../../../src/mcp/index.js';
import type { RequestContext } from '../../../src/auth/index.js';
import {
  MemoryStore,
  Store,
  type ThreadItem,
  type ThreadStreamEvent,
} from '../../../src/chatkit/core/index.js';
import { McpConfig } from '../../../src/config/mcp.config.js';
import { loadConfig } from '../../../src/config/validate.js';
import { agentsConfig, collect, contextOf, Exchange, message } from './chat.js';

@Module({ providers: [{ provide: Store, useClass: MemoryStore }], exports: [Store] })
class ChatKitStoreModule {}

@Module({})
class App {}

/** Ada and Bob, each with a token. */
export const ADA = { userId: 'u-ada', token: 'canary-of-ada-0123456789abcdef' };
export const BOB = { userId: 'u-bob', token: 'canary-of-bob-fedcba9876543210' };

/** An application whose agent has the tools of MCP servers. */
export class McpChat implements AsyncDisposable {
  private constructor(private readonly app: INestApplicationContext) {}

  /** @param servers as in CHATKIT_MCP_SERVERS */
  static async start(
    model: Model,
    servers: readonly object[],
    providers: readonly Type[] = [],
    change: Parameters<typeof agentsConfig>[0] = {},
  ): Promise<McpChat> {
    const config = loadConfig(McpConfig, { CHATKIT_MCP_SERVERS: JSON.stringify(servers) });
    const imports = [
      ChatKitStoreModule,
      ChatKitMcpModule.forRoot({ config }),
      ChatKitAgentsModule.forRoot({ config: agentsConfig(change), model }),
    ];
    const module = { module: App, imports, providers: [RespondService, ...providers] };
    const app = await NestFactory.createApplicationContext(module, { abortOnError: false });
    return new McpChat(app);
  }

  get servers(): McpServers {
    return this.app.get(McpServers);
  }

  async *stream(request: object, context: RequestContext): AsyncGenerator<ThreadStreamEvent> {
    const server = this.app.get(RespondService);
    const result = await server.process(JSON.stringify(request), context, { signal: context.signal });
    if (!result.streaming) throw new Error(result.json);
    yield* result.events;
  }

  async say(text: string, who: Parameters<typeof contextOf>[0] = ADA, threadId?: string): Promise<Exchange> {
    return new Exchange(await collect(this.stream(message(text, threadId), contextOf(who))), threadId);
  }

  async items(threadId: string, who: Parameters<typeof contextOf>[0] = ADA): Promise<ThreadItem[]> {
    const { store } = this.app.get(RespondService);
    return (await store.loadThreadItems(threadId, { limit: 50, order: 'asc' }, contextOf(who))).data;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.app.close();
  }
}
