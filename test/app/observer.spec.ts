import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ChatKitAgentsModule, RespondService } from '../../src/agents/index.js';
import { ChatKitModule } from '../../src/chatkit/index.js';
import {
  CHATKIT_OBSERVER,
  type ChatKitObserver,
  type ObservedModelCall,
  type ObservedOutcome,
  type ObservedRequest,
  type ObservedStatements,
  type ObservedToolCall,
} from '../../src/common/observer/observer.port.js';
import { StoreConfig } from '../../src/config/store.config.js';
import { loadConfig } from '../../src/config/validate.js';
import { ChatKitDatabase, ChatKitStoreModule } from '../../src/store/index.js';
import { callOf, ScriptedModel } from '../../src/testing/index.js';
import { agentsConfig } from '../agents/support/chat.js';
import { OrderDesk, Orders } from '../agents/support/portal-extensions.js';
import { create, list } from '../http/requests.js';
import { createEmptyDatabase, ONE_READY, type TestDatabase } from '../support/database.js';
import { eventually } from './support/eventually.js';

/** Writes down what it is told, without times. */
@Injectable()
class Notes implements ChatKitObserver {
  ended = 0;
  readonly lines: string[] = [];
  readonly requests: ObservedRequest[] = [];
  readonly statements: string[] = [];

  requestBegan(request: ObservedRequest): void {
    this.requests.push(request);
    this.lines.push(`${request.type} began`);
  }
  firstEvent({ type }: ObservedRequest, milliseconds: number): void {
    this.lines.push(`${type} opened ${milliseconds >= 0 ? 'later' : 'earlier'}`);
  }
  requestEnded({ type }: ObservedRequest, { outcome }: { readonly outcome: ObservedOutcome }): void {
    this.lines.push(`${type} ${outcome}`);
    this.ended += 1;
  }
  modelCalled({ model, purpose, outcome }: ObservedModelCall): void {
    this.lines.push(`${model} ${purpose} ${outcome}`);
  }
  toolCalled({ tool, outcome }: ObservedToolCall): void {
    this.lines.push(`${tool} ${outcome}`);
    throw new Error('an observer that fails disturbs nobody');
  }
  statementsRan({ names }: ObservedStatements): void {
    this.statements.push(...names);
  }
}

describe('An observer', () => {
  let database: TestDatabase;
  let app: NestExpressApplication;
  let notes: Notes;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    const model = new ScriptedModel({
      'Where is o-1?': callOf('order-status', { order: 'o-1', note: null }),
      'Where is o-9?': callOf('order-status', { order: 'o-9', note: null }),
    });
    const config = agentsConfig({ titles: 'words' });
    @Module({
      imports: [
        ChatKitStoreModule.forRoot({
          config: loadConfig(StoreConfig, { CHATKIT_DATABASE_URL: database.url, ...ONE_READY }),
        }),
        ChatKitModule.forRoot({
          imports: [ChatKitAgentsModule.forRoot({ config, model, tools: [OrderDesk], providers: [Orders] })],
          server: RespondService,
          identity: () => ({ tenantId: 'acme', userId: 'ada' }),
        }),
      ],
      providers: [Notes, { provide: CHATKIT_OBSERVER, useExisting: Notes }],
    })
    class App {}
    app = await NestFactory.create<NestExpressApplication>(App, {
      abortOnError: false,
      logger: false,
    });
    await app.listen(0, '127.0.0.1');
    await app.get(ChatKitDatabase).whenUp();
    notes = app.get(Notes);
  });
  beforeEach(() => {
    for (const list of [notes.lines, notes.requests, notes.statements]) list.length = 0;
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  /** Sends it, and waits until the observer is told of its end, which comes after the answer. */
  async function send(request: object): Promise<void> {
    const { ended } = notes;
    const response = await fetch(`${await app.getUrl()}/chatkit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': 'c-1' },
      body: JSON.stringify(request),
    });
    await response.text();
    await eventually('it has ended', () => notes.ended > ended);
  }

  it('is told of an answer: its request, the calls of the model and of tools, its end', async () => {
    await send(create('Where is o-1?'));
    expect(notes.lines).toEqual([
      'threads.create began',
      'threads.create opened later',
      'gpt-5-mini answer completed',
      'order-status completed',
      'gpt-5-mini answer completed',
      'threads.create completed',
    ]);
    expect(notes.requests).toEqual([
      { type: 'threads.create', tenantId: 'acme', userId: 'ada', correlationId: 'c-1', threadId: undefined },
    ]);
  });

  it('is told of statements by their names', async () => {
    await send(list);
    expect(notes.lines).toEqual(['threads.list began', 'threads.list completed']);
    expect(notes.statements).toEqual([expect.stringMatching(/^chatkit_/)]);
  });

  it('is told of what is refused', async () => {
    await send({ type: 'threads.get_by_id', params: { thread_id: 'thr_nowhere' } });
    expect(notes.lines).toEqual(['threads.get_by_id began', 'threads.get_by_id failed']);
    expect(notes.requests[0]?.threadId).toBe('thr_nowhere');
  });
});
