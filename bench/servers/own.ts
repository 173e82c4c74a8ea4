import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  AuthConfig,
  authOptionsFrom,
  ChatKitAuthModule,
  ChatKitModule,
  ChatKitStoreModule,
  loadConfig,
  StoreConfig,
  type RequestContext,
} from 'nestjs-chatkit';
import {
  ChatKitServer,
  type ThreadMetadata,
  type ThreadStreamEvent,
  type UserMessageItem,
} from 'nestjs-chatkit/core';
import { delta, orderIn } from './order.js';

/** The application of a team that has an answer of its own. */
class OwnServer extends ChatKitServer<RequestContext> {
  override async *respond(
    thread: ThreadMetadata,
    message: UserMessageItem | undefined,
    context: RequestContext,
  ): AsyncGenerator<ThreadStreamEvent> {
    const order = orderIn(JSON.stringify(message?.content));
    const id = this.store.generateItemId('message', thread, context);
    const item = { type: 'assistant_message', id, thread_id: thread.id, created_at: this.now() } as const;
    yield { type: 'thread.item.added', item: { ...item, content: [] } };
    const part = { type: 'output_text', text: '', annotations: [] } as const;
    yield updated({
      type: 'assistant_message.content_part.added',
      content_index: 0,
      content: { ...part, annotations: [] },
    });
    const start = Date.now();
    let text = '';
    for (let n = 1; n <= order.deltas; n++) {
      const piece = await delta(order, start, n);
      text += piece;
      yield updated({
        type: 'assistant_message.content_part.text_delta',
        content_index: 0,
        delta: piece,
      });
    }
    const content = { ...part, text, annotations: [] };
    yield updated({ type: 'assistant_message.content_part.done', content_index: 0, content });
    yield { type: 'thread.item.done', item: { ...item, content: [content] } };

    function updated(
      update: Extract<ThreadStreamEvent, { type: 'thread.item.updated' }>['update'],
    ): ThreadStreamEvent {
      return { type: 'thread.item.updated', item_id: id, update };
    }
  }
}

@Module({
  imports: [
    ChatKitAuthModule.forRoot(authOptionsFrom(loadConfig(AuthConfig, process.env))),
    ChatKitStoreModule.forRoot({ config: loadConfig(StoreConfig, process.env) }),
    ChatKitModule.forRoot({ server: OwnServer }),
  ],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { bodyParser: false, logger: ['warn', 'error'] });
app.enableShutdownHooks();
await app.listen(Number(process.env['PORT']), '127.0.0.1');
