import { HttpException, Injectable, Module, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import * as z from 'zod';
import {
  CHATKIT_MODEL,
  ChatKitAgentsModule,
  ChatKitAction,
  ChatKitTool,
  RespondService,
  type AgentContext,
} from '../../src/agents/index.js';
import { ExtensionError } from '../../src/common/discovery/extension-error.js';
import { RequestContext } from '../../src/auth/context/request-context.js';
import { CHATKIT_SERVER, ChatKitModule, type ChatKitModuleOptions } from '../../src/chatkit/index.js';
import { ChatKitIdentityModule, requestContext } from '../../src/auth/index.js';
import {
  ChatKitServer,
  MemoryStore,
  type ThreadMetadata,
  type ThreadStreamEvent,
  type UserMessageItem,
} from '../../src/chatkit/core/index.js';
import { callOf, ScriptedModel, textOf } from '../../src/testing/index.js';
import { create } from './requests.js';

const identity = () => ({ tenantId: 'org_a', userId: 'u1', user: { name: 'Ada' } });

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
    ['forRoot()', ChatKitModule.forRoot({ server: SupportServer, store, identity })],
    [
      'forRootAsync()',
      ChatKitModule.forRootAsync({
        server: SupportServer,
        store,
        identity,
        useFactory: () => ({ settings: { bodyLimit: 1000 } }),
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

  const model = new ScriptedModel({ hello: callOf('greet', {}) });
  const agents = ChatKitAgentsModule.forRoot({ model, tools: [Greeter] });
  const shipped = { imports: [agents], server: RespondService, store, identity };

  it.each([
    ['forRoot()', ChatKitModule.forRoot(shipped)],
    [
      'forRootAsync()',
      ChatKitModule.forRootAsync({
        ...shipped,
        imports: [
          ChatKitAgentsModule.forRootAsync({
            tools: [Greeter],
            useFactory: () => ({ model, config: { historyLimit: 5 } }),
          }),
        ],
        useFactory: () => ({}),
      }),
    ],
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
    expect(() => ChatKitModule.forRoot({ store, identity } as unknown as ChatKitModuleOptions)).toThrow(
      /needs a `server`/,
    );
  });

  it('refuses tools that are none, naming the class', () => {
    expect(() => ChatKitAgentsModule.forRoot({ model, tools: [Greeter, Forgetful] })).toThrow(
      new ExtensionError(['Forgetful: no method is a tool, an action or a guardrail']),
    );
  });

  it.each([
    [
      'no agent',
      { server: RespondService, store, identity },
      /RespondService needs AnswerService.*ChatKitAgentsModule/,
    ],
    [
      'no store',
      { server: SupportServer, identity },
      /SupportServer needs Store.*`store`.*ChatKitStoreModule/,
    ],
  ])('says in its own words that there is %s', async (_what, options, words) => {
    const imports = [ChatKitModule.forRoot(options)];
    await expect(Test.createTestingModule({ imports }).compile()).rejects.toThrow(words);
  });

  it('refuses plain settings of an agent that are wrong, naming each', async () => {
    const config = { historyLimit: -1, histories: 3 };
    const imports = [ChatKitAgentsModule.forRoot({ config })];
    await expect(Test.createTestingModule({ imports }).compile()).rejects.toThrow(
      /histories is none of AgentsConfig[\s\S]*historyLimit must not be less than 0/,
    );
  });

  it('takes the model that a test puts in the place of the configured one', async () => {
    const other = new ScriptedModel({ hello: textOf('Instead') });
    const module = await Test.createTestingModule({ imports: [ChatKitModule.forRoot(shipped)] })
      .overrideProvider(CHATKIT_MODEL)
      .useValue(other)
      .compile();
    const app = module.createNestApplication<NestExpressApplication>({ logger: false });
    await app.listen(0, '127.0.0.1');
    const response = await fetch(`${await app.getUrl()}/chatkit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(create('hello')),
    });
    expect(await response.text()).toContain('Instead');
    await app.close();
  });

  it.each([
    ['nobody', [], /does not know who sends a request: give it `identity`/],
    [
      'two',
      [ChatKitIdentityModule.forRoot({ identity: () => undefined })],
      /Only one can say who sends a request.*ChatKitIdentityModule, ChatKitIdentityModule/,
    ],
  ])('does not start when %s can say who sends a request', async (count, imports, words) => {
    const one = ChatKitModule.forRoot({ server: SupportServer, store, ...(count === 'two' && { identity }) });
    const module = await Test.createTestingModule({ imports: [one, ...imports] }).compile();
    const app = module.createNestApplication<NestExpressApplication>({ logger: false });
    await expect(app.init()).rejects.toThrow(words);
    await app.close();
  });

  it('does not start on Fastify, and says so', async () => {
    @Module({ imports: [ChatKitModule.forRoot({ server: SupportServer, store, identity })] })
    class App {}
    const making = NestFactory.create(App, new FastifyAdapter(), { logger: false, abortOnError: false });
    await expect(making).rejects.toThrow(/needs @nestjs\/platform-express.*fastify/);
  });

  it.each([
    ['nobody is known', () => undefined, 401],
    ['there is no tenant', () => ({ tenantId: '', userId: 'u1' }), 403],
  ])('refuses a request when %s', async (_what, unknown, status) => {
    const imports = [ChatKitModule.forRoot({ server: SupportServer, store, identity: unknown })];
    const module = await Test.createTestingModule({ imports }).compile();
    const app = module.createNestApplication<NestExpressApplication>({ logger: false });
    await app.listen(0, '127.0.0.1');
    const response = await fetch(`${await app.getUrl()}/chatkit`, { method: 'POST' });
    expect(response.status).toBe(status);
    await app.close();
  });

  it('asks guards of the host once the sender is known, and answers with their codes', async () => {
    @Injectable()
    class Entitled implements CanActivate {
      canActivate(execution: ExecutionContext): boolean {
        const context = requestContext(execution.switchToHttp().getRequest<object>());
        const message = `${context?.userId ?? 'nobody'} has no plan`;
        throw new HttpException({ error: { code: 'no_plan', message } }, 402);
      }
    }
    const imports = [
      ChatKitModule.forRoot({
        path: 'assistant',
        server: SupportServer,
        store,
        identity,
        guards: [Entitled],
      }),
    ];
    const module = await Test.createTestingModule({ imports }).compile();
    const app = module.createNestApplication<NestExpressApplication>({ logger: false });
    await app.listen(0, '127.0.0.1');
    const response = await fetch(`${await app.getUrl()}/assistant`, { method: 'POST' });
    expect([response.status, await response.json()]).toEqual([
      402,
      { error: expect.objectContaining({ code: 'no_plan', message: 'u1 has no plan' }) as unknown },
    ]);
    await app.close();
  });

  it.each([['beside it', ChatKitModule.forRoot({ ...shipped, server: SupportServer })]])(
    'hands actions to a server that only overrides respond(), with an agent %s',
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
