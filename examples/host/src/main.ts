import 'reflect-metadata';
import type { IncomingMessage } from 'node:http';
import {
  Injectable,
  Module,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ChatKitModule, RequestContext, setRequestContext } from 'nestjs-chatkit';
import { ChatKitServer, MemoryStore, type ThreadMetadata, type ThreadStreamEvent } from 'nestjs-chatkit/core';

/** Stands for the identity that the application has already. */
@Injectable()
class HostGuard implements CanActivate {
  canActivate(execution: ExecutionContext): boolean {
    const request = execution.switchToHttp().getRequest<IncomingMessage>();
    if (request.headers.authorization !== 'Bearer ada') throw new UnauthorizedException();
    setRequestContext(request, new RequestContext({ tenantId: 'acme', userId: 'ada' }));
    return true;
  }
}

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
    ChatKitModule.register({
      server: Greeter,
      store: { useValue: new MemoryStore() },
      guard: HostGuard,
    }),
  ],
})
class AppModule {}

async function start(): Promise<void> {
  const app = await NestFactory.create(AppModule, { logger: ['warn', 'error'] });
  await app.listen(Number(process.env['PORT'] ?? 3000));
}

void start();
