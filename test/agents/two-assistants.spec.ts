import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { Injectable, Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import * as z from 'zod';
import {
  ChatKitAgentsModule,
  RespondService,
  ChatKitAction,
  ChatKitTool,
  type AgentContext,
} from '../../src/agents/index.js';
import { ExtensionError } from '../../src/common/discovery/extension-error.js';
import { CHATKIT_RETRIEVER, type Passage, type Retriever } from '../../src/retrieval/index.js';
import { WidgetTemplates } from '../../src/widget-templates/index.js';
import { ChatKitModule } from '../../src/chatkit/index.js';
import { MemoryStore, type SyncActionResult } from '../../src/chatkit/core/index.js';
import { callOf, ScriptedModel } from '../../src/testing/index.js';
import { agentsConfig, message } from './support/chat.js';

const identity = () => ({ tenantId: 'acme', userId: 'ada' });

const parameters = z.object({});

/** What one assistant has of its own, under the names that the other uses as well. */
function deskOf(assistant: string): Type<object> {
  @Injectable()
  class Desk {
    constructor(readonly templates: WidgetTemplates) {}

    @ChatKitTool({ name: 'whose', description: 'Tells whose tool it is.', parameters })
    whose(): string {
      return `of ${assistant}`;
    }

    @ChatKitTool({ name: `only-${assistant}`, description: 'Is there once.', parameters })
    only(): string {
      return '';
    }

    @ChatKitAction('whose', { sync: true })
    look(_action: object, _sender: unknown, context: AgentContext): SyncActionResult {
      const widget = { type: 'Card' as const, children: [{ type: 'Text' as const, value: assistant }] };
      return {
        updatedItem: {
          type: 'widget',
          id: context.generateId('message'),
          thread_id: context.thread.id,
          created_at: context.now(),
          widget,
        },
      };
    }
  }
  return Desk;
}

function rulesOf(assistant: string): Type<Retriever> {
  @Injectable()
  class Rules implements Retriever {
    retrieve(): Promise<readonly Passage[]> {
      return Promise.resolve([{ id: '1', title: 'Rules', text: `Rules of ${assistant}.`, score: 1 }]);
    }
  }
  return Rules;
}

/** Is there for all assistants, as it belongs to none. */
@Injectable()
class Clock {
  @ChatKitTool({ name: 'clock', description: 'Tells the time.', parameters })
  time(): string {
    return 'noon';
  }
}

const QUESTION = { question: 'Which day?', options: [], multiple: false };
const NAMES = ['support', 'sales'] as const;
type Name = (typeof NAMES)[number];

class Assistants implements AsyncDisposable {
  private constructor(
    private readonly app: NestExpressApplication,
    readonly models: Readonly<Record<Name, ScriptedModel>>,
  ) {}

  static async start(arranged: (chats: Readonly<Record<Name, DynamicModule>>) => Type): Promise<Assistants> {
    const made = NAMES.map((name) => {
      const model = new ScriptedModel({
        'Ask me': callOf('ask_user', { questions: [QUESTION] }),
        'Whose are you': callOf('whose', {}),
      });
      const chat = ChatKitModule.forRoot({
        path: name,
        imports: [
          ChatKitAgentsModule.forRoot({
            config: agentsConfig(),
            model,
            tools: [deskOf(name)],
            providers: [WidgetTemplates, { provide: CHATKIT_RETRIEVER, useClass: rulesOf(name) }],
          }),
        ],
        server: RespondService,
        store: { useClass: MemoryStore },
        identity,
      });
      return { name, model, chat };
    });
    const chats = Object.fromEntries(made.map(({ name, chat }) => [name, chat])) as Record<
      Name,
      DynamicModule
    >;
    const models = Object.fromEntries(made.map(({ name, model }) => [name, model]));
    const app = await NestFactory.create<NestExpressApplication>(arranged(chats), {
      bodyParser: false,
      forceCloseConnections: true,
      logger: false,
      abortOnError: false,
    });
    try {
      await app.listen(0, '127.0.0.1');
    } catch (error) {
      await app.close();
      throw error;
    }
    return new Assistants(app, models as Record<Name, ScriptedModel>);
  }

  async post(name: Name, request: object): Promise<string> {
    const server: Server = this.app.getHttpServer();
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${response.status} ${text}`);
    return text;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app.close();
  }
}

function together({ support, sales }: Readonly<Record<Name, DynamicModule>>): Type {
  @Module({ imports: [support, sales], providers: [Clock] })
  class App {}
  return App;
}

function apart({ support, sales }: Readonly<Record<Name, DynamicModule>>): Type {
  @Module({ providers: [Clock] })
  class Shared {}
  @Module({ imports: [support, Shared] })
  class Support {}
  @Module({ imports: [sales, Shared] })
  class Sales {}
  @Module({ imports: [Support, Sales] })
  class App {}
  return App;
}

describe.each([
  ['one module', together],
  ['modules of their own', apart],
])('Two assistants of one application, in %s,', (_where, arranged) => {
  let assistants: Assistants;
  beforeAll(async () => {
    assistants = await Assistants.start(arranged);
  });
  afterAll(() => assistants?.[Symbol.asyncDispose]());

  it.each(NAMES)('have their own tools and those that belong to none: %s', async (name) => {
    await assistants.post(name, message('Hello'));
    const request = assistants.models[name].requests.at(-1);
    expect(request?.tools.map((tool) => tool.name).toSorted()).toEqual(
      ['ask_user', 'clock', `only-${name}`, 'whose'].toSorted(),
    );
    const other = name === 'sales' ? 'support' : 'sales';
    expect(request?.systemInstructions).toContain(`Rules of ${name}.`);
    expect(request?.systemInstructions).not.toContain(`Rules of ${other}.`);
  });

  it.each(NAMES)('call their own, and ask the user: %s', async (name) => {
    expect(await assistants.post(name, message('Whose are you?'))).toContain(`of ${name}`);
    const asked = await assistants.post(name, message('Ask me'));
    expect(asked).toContain('"type":"structured_input"');
    expect(asked).toContain('Which day?');
    expect(asked).not.toContain('"type":"error"');
  });

  it.each(NAMES)('react to actions of the same type by themselves: %s', async (name) => {
    const created = await assistants.post(name, message('Hello'));
    const thread_id = /"thread":\{"id":"([^"]+)"/.exec(created)?.[1];
    const params = { thread_id, action: { type: 'whose', payload: {} } };
    expect(await assistants.post(name, { type: 'threads.sync_custom_action', params })).toContain(name);
  });
});

describe('A module of the application', () => {
  it('that brings an assistant adds tools to that one alone', async () => {
    @Injectable()
    class SalesDesk {
      @ChatKitTool({ name: 'quote', description: 'Makes a quote.', parameters })
      quote(): string {
        return '';
      }
    }
    await using assistants = await Assistants.start(({ support, sales }) => {
      @Module({ imports: [sales], providers: [SalesDesk] })
      class Sales {}
      @Module({ imports: [support, Sales] })
      class App {}
      return App;
    });
    const tools: Record<string, boolean> = {};
    for (const name of NAMES) {
      await assistants.post(name, message('Hello'));
      const { tools: given = [] } = assistants.models[name].requests.at(-1) ?? {};
      tools[name] = given.some((tool) => tool.name === 'quote');
    }
    expect(tools).toEqual({ support: false, sales: true });
  });

  it('cannot give all of them a tool that one has already', async () => {
    @Injectable()
    class Other {
      @ChatKitTool({ name: 'only-sales', description: 'Takes a name.', parameters })
      run(): string {
        return '';
      }
    }
    const started = Assistants.start(({ support, sales }) => {
      @Module({ imports: [support, sales], providers: [Other] })
      class App {}
      return App;
    });
    await expect(started).rejects.toThrow(ExtensionError);
  });
});
