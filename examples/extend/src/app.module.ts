import { Module, type DynamicModule } from '@nestjs/common';
import { ChatKitModule } from 'nestjs-chatkit';
import {
  ChatKitAgentsModule,
  CHATKIT_RETRIEVER,
  RespondService,
  type AgentsConfig,
} from 'nestjs-chatkit/agents';
import { MemoryStore } from 'nestjs-chatkit/core';
import { WidgetTemplates } from 'nestjs-chatkit/widgets';
import { BookDesk } from './book-desk.js';
import { Books } from './books.js';
import { cardHolder } from './card-holder.js';
import { HouseRules } from './house-rules.js';

@Module({})
export class AppModule {
  static forRoot(config: AgentsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ChatKitModule.forRoot({
          imports: [
            ChatKitAgentsModule.forRoot({
              config,
              tools: [BookDesk],
              providers: [Books, WidgetTemplates, { provide: CHATKIT_RETRIEVER, useClass: HouseRules }],
            }),
          ],
          server: RespondService,
          store: { useClass: MemoryStore },
          identity: cardHolder,
        }),
      ],
    };
  }
}
