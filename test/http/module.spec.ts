import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import * as z from 'zod';
import {
  ChatKitAgentsModule,
  ChatKitAction,
  ChatKitTool,
  RespondService,
  type AgentContext,
} from '../../src/agents/index.js';
import { ExtensionError } from '../../src/common/discovery/extension-error.js';
import { RequestContext } from '../../src/auth/request-context.js';
import { setRequestContext } from '../../src/auth/request-store.js';
import { CHATKIT_SERVER, ChatKitModule } from '../../src/chatkit/index.js';
import {
  ChatKitServer,
  MemoryStore,
  type ThreadMetadata,
  type ThreadStreamEvent,
  type UserMessageItem,
} from '../../src/chatkit/core/index.js';
import { AgentsConfig } from '../../src/config/agents.config.js';
import { callOf, ScriptedModel } from '../../src/testing/index.js';
import { create } from './requests.js';

@Injectable()
class AnyoneGuard implements CanActivate {
  canActivate(execution: ExecutionContext): boolean {
    const context = new RequestContext({ tenantId: 'org_a', userId: 'u1', user: { name: 'Ada' } });
    setRequestContext(execution.switchToHttp().getRequest<object>(), context);
    return true;
  }
}

/** Overrides respond() and nothing else, as the README shows. */
@Injectable()
class SupportServer extends ChatKitServer<RequestContext> {
  override async *respond(
    thread: ThreadMetadata,
    _message: UserMessageItem | undefined,
    context: RequestContext,
  ): AsyncGenerator<ThreadStreamEvent> {
    thread.title ??= 'Support';
    yield {
      type: 'thread.item.done',
      item: {
        type: 'assistant_message',
        id: this.store.generateItemId('message', thread, context),
        thread_id: thread.id,
        created_at: this.now(),
        content: [{ type: 'output_text', text: `Hello ${context.user.name ?? ''}`, annotations: [] }],
      },
    };
  }
}

@Injectable()
class Greeter {
  @ChatKitTool({ name: 'greet', description: 'Greets.', parameters: z.object({}) })
  greet(_args: object, { requestContext }: AgentContext): string {
    return `Good day, ${requestContext.user.name ?? 'stranger'}`;
  }

  @ChatKitAction('rename', { sync: true })
  rename(): void {}
}

/** Has forgotten its decorator. */
class Forgetful {
  greet(): string {
    return '';
  }
}

const store = { useFactory: () => new MemoryStore() };

describe('ChatKitModule', () => {
  it.each([
    ['register()', ChatKitModule.register({ server: SupportServer, store, guard: AnyoneGuard })],
    [
      'registerAsync()',
      ChatKitModule.registerAsync({
        server: SupportServer,
        store,
        guard: AnyoneGuard,
        settings: { useFactory: () => ({ bodyLimit: 1000 }) },
      }),
    ],
  ])('answers through a class that only overrides respond(), by %s', async (_name, imported) => {
    const module = await Test.createTestingModule({ imports: [imported] }).compile();
    const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
    await app.listen(0, '127.0.0.1');
    expect(app.get(CHATKIT_SERVER, { strict: false })).toBeInstanceOf(SupportServer);
    const response = await fetch(`${await app.getUrl()}/chatkit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(create()),
    });
    const text = await response.text();
    expect([response.status, text]).toEqual([200, expect.stringContaining('Hello Ada')]);
    expect(text).toContain('"title":"Support"');
    await app.close();
  });

  const agents = { config: new AgentsConfig(), model: new ScriptedModel({ hello: callOf('greet', {}) }) };
  const shipped = { agents, tools: [Greeter], store, guard: AnyoneGuard };

  it.each([
    ['register()', ChatKitModule.register(shipped)],
    ['registerAsync()', ChatKitModule.registerAsync({ ...shipped, settings: { useFactory: () => ({}) } })],
  ])('answers with the server that ships and the tools that are given, by %s', async (_name, imported) => {
    const module = await Test.createTestingModule({ imports: [imported] }).compile();
    const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
    await app.listen(0, '127.0.0.1');
    expect(app.get(CHATKIT_SERVER, { strict: false })).toBeInstanceOf(RespondService);
    const response = await fetch(`${await app.getUrl()}/chatkit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(create('hello')),
    });
    expect(await response.text()).toContain('Good day, Ada');
    await app.close();
  });

  it('refuses to be declared without anything that answers', () => {
    expect(() => ChatKitModule.register({ store })).toThrow(/needs `agents`.*or a `server`/);
  });

  it('refuses tools that are none, naming the class', () => {
    expect(() => ChatKitModule.register({ ...shipped, tools: [Greeter, Forgetful] })).toThrow(
      new ExtensionError(['Forgetful: no method is a tool, an action or a guardrail']),
    );
  });

  it('refuses tools that no agent could use, naming the class', async () => {
    const imports = [
      ChatKitModule.register({ server: SupportServer, tools: [Greeter], store, guard: AnyoneGuard }),
    ];
    await expect(Test.createTestingModule({ imports }).compile()).rejects.toThrow(
      new ExtensionError(['Greeter: there is no agent to use it; give ChatKitModule `agents`, too']),
    );
  });

  it.each([
    ['in `agents`', ChatKitModule.register({ ...shipped, server: SupportServer })],
    [
      'in a module of the application',
      ChatKitModule.register({
        server: SupportServer,
        tools: [Greeter],
        store,
        guard: AnyoneGuard,
        imports: [ChatKitAgentsModule.register(agents.config, agents.model)],
      }),
    ],
  ])(
    'hands actions to a server that only overrides respond(), with the agent %s',
    async (_where, imported) => {
      const module = await Test.createTestingModule({ imports: [imported] }).compile();
      await module.init();
      const server = module.get<SupportServer>(CHATKIT_SERVER, { strict: false });
      const context = new RequestContext({ tenantId: 'org_a', userId: 'u1' });
      const thread = {
        id: 'thr_1',
        created_at: server.now(),
        status: { type: 'active' as const },
        metadata: {},
      };
      await expect(
        server.syncAction(thread, { type: 'rename', payload: {} }, undefined, context),
      ).resolves.toEqual({});
      await module.close();
    },
  );
});
