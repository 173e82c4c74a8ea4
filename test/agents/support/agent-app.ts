import { setTimeout } from 'node:timers/promises';
import { Module, type INestApplicationContext, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Model } from '@openai/agents';
import { ChatKitAgentsModule, RespondService } from '../../../src/agents/index.js';
import { MemoryStore, Store } from '../../../src/chatkit/core/index.js';
import type { AgentsConfig } from '../../../src/config/agents.config.js';
import { agentsConfig, Talk } from './chat.js';

@Module({ providers: [{ provide: Store, useClass: MemoryStore }], exports: [Store] })
class ChatKitStoreModule {}

export interface AgentAppOptions {
  /** Default: the one that the configuration asks for. */
  readonly model?: Model | undefined;
  readonly config?: AgentsConfig;
  /** What the application adds, in a module that the agent's knows nothing of. */
  readonly providers?: readonly Provider[];
}

/** An application that has the agent side and providers of its own, over a store in memory. */
export class AgentApp extends Talk implements AsyncDisposable {
  private constructor(private readonly app: INestApplicationContext) {
    super(app.get(RespondService));
  }

  static async start({ model, config = agentsConfig(), providers = [] }: AgentAppOptions): Promise<AgentApp> {
    @Module({ providers: [...providers] })
    class Extensions {}
    @Module({
      imports: [
        ChatKitStoreModule,
        Extensions,
        ChatKitAgentsModule.forRoot({ config, ...(model && { model }) }),
      ],
      providers: [RespondService],
    })
    class App {}
    // whoever captures the logs goes on doing so
    const app = await NestFactory.createApplicationContext(App, {
      logger: ['warn', 'error'],
      abortOnError: false,
    });
    return new AgentApp(app);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app.close();
  }
}

/** Resolves once the condition holds; to look again at every turn of the event loop would keep a processor busy. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await setTimeout(1);
}
