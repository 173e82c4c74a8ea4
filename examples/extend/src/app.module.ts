import { Module, type DynamicModule } from '@nestjs/common';
import type { Model } from '@openai/agents';
import { ChatKitModule, CHATKIT_RETRIEVER, type AgentsConfig } from 'nestjs-chatkit';
import { MemoryStore } from 'nestjs-chatkit/core';
import { BookDesk } from './book-desk.js';
import { Books } from './books.js';
import { CardGuard } from './card.guard.js';
import { HouseRules } from './house-rules.js';

@Module({})
export class AppModule {
  /** @param model in place of the configured one */
  static register(config: AgentsConfig, model?: Model): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ChatKitModule.register({
          agents: { config, ...(model && { model }) },
          tools: [BookDesk],
          store: { useClass: MemoryStore },
          guard: CardGuard,
          providers: [Books, { provide: CHATKIT_RETRIEVER, useClass: HouseRules }],
        }),
      ],
    };
  }
}
