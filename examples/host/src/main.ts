import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ChatKitModule, type HostIdentity, type RequestContext } from 'nestjs-chatkit';
import { ChatKitServer, MemoryStore, type ThreadMetadata, type ThreadStreamEvent } from 'nestjs-chatkit/core';

/** Stands for the members that the application knows already. */
const MEMBERS = new Map<string | undefined, HostIdentity>([
  ['Bearer ada', { tenantId: 'acme', userId: 'ada' }],
]);

class Greeter extends ChatKitServer<RequestContext> {
  override async *respond(
    thread: ThreadMetadata,
    _message: unknown,
    context: RequestContext,
  ): AsyncGenerator<ThreadStreamEvent> {
    yield {
      type: 'thread.item.done',
      item: {
        type: 'assistant_message',
        id: this.store.generateItemId('message', thread, context),
        thread_id: thread.id,
        created_at: this.now(),
        content: [{ type: 'output_text', text: `Hello ${context.userId}`, annotations: [] }],
      },
    };
  }
}

@Module({
  imports: [
    ChatKitModule.forRoot({
      server: Greeter,
      store: { useValue: new MemoryStore() },
      identity: ({ headers }) => MEMBERS.get(headers.authorization),
    }),
  ],
})
class AppModule {}

async function start(): Promise<void> {
  const app = await NestFactory.create(AppModule, { logger: ['warn', 'error'] });
  await app.listen(Number(process.env['PORT'] ?? 3000));
}

void start();
