import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AgentActions, ChatKitAgentsModule, ModelHealth, RespondService } from '../../src/agents/index.js';
import { CHATKIT_ACTIONS, CHATKIT_SERVER_OPTIONS, ChatKitLogger } from '../../src/chatkit/index.js';
import { MemoryStore, Store, type ThreadStreamEvent, type WidgetItem } from '../../src/chatkit/core/index.js';
import { agentsConfig, collect, contextOf, Exchange, message } from './support/chat.js';
import { CapturedLogs } from './support/logs.js';
import { OrderDesk, Orders } from './support/portal-extensions.js';
import { callOf, ScriptedModel, textOf } from '../../src/testing/index.js';

const model = new ScriptedModel({
  'Where is o-1?': callOf('order-status', { order: 'o-1', note: null }),
  'Where is o-9?': callOf('order-status', { order: 'o-9', note: null }),
  'Where is it?': callOf('order-status', { order: 12 }),
  'How many?': callOf('count_orders', { year: 2026 }),
  'How many then?': callOf('count_orders', { year: 'last' }),
  'What is selected?': callOf('selection', {}),
  'Tell me': textOf('top secret'),
  'Break it': textOf('breaks it'),
});

@Module({ providers: [{ provide: Store, useClass: MemoryStore }], exports: [Store] })
class ChatKitStoreModule {}

@Module({
  imports: [ChatKitStoreModule, ChatKitAgentsModule.forRoot({ config: agentsConfig(), model })],
  providers: [
    {
      provide: CHATKIT_SERVER_OPTIONS,
      inject: [CHATKIT_ACTIONS],
      useFactory: (actions: AgentActions) => ({ actions, logger: new ChatKitLogger() }),
    },
    RespondService,
    Orders,
    OrderDesk,
    { provide: 'alias', useExisting: OrderDesk },
  ],
})
class App {}

describe('An application with a tool, actions and guardrails of its own', () => {
  let app: INestApplicationContext;
  let server: RespondService;
  let logs: CapturedLogs;

  beforeAll(async () => {
    app = await NestFactory.createApplicationContext(App, { logger: false, abortOnError: false });
    server = app.get(RespondService);
  });
  afterAll(() => app.close());
  beforeEach(() => {
    logs = new CapturedLogs();
  });
  afterEach(() => logs[Symbol.dispose]());

  async function send(request: object, context = contextOf()): Promise<ThreadStreamEvent[]> {
    const result = await server.process(JSON.stringify(request), context, { signal: context.signal });
    if (!result.streaming) throw new Error(result.json);
    return collect(result.events);
  }

  async function say(text: string, context = contextOf()): Promise<Exchange> {
    return new Exchange(await send(message(text), context));
  }

  async function stored(threadId: string) {
    return (await server.store.loadThreadItems(threadId, { limit: 50, order: 'asc' }, contextOf())).data;
  }

  /** A thread that holds a widget. */
  async function withWidget(): Promise<{ threadId: string; widget: WidgetItem }> {
    const { threadId } = await say('Hello');
    await act(threadId, 'order.show');
    const widget = (await stored(threadId)).at(-1);
    if (widget?.type !== 'widget') throw new Error('no widget');
    return { threadId, widget };
  }

  function act(thread_id: string, type: string, payload?: unknown, item_id?: string) {
    const action = { type, payload };
    return send({ type: 'threads.custom_action', params: { thread_id, item_id, action } });
  }

  it('lets the model call a tool, which shows its progress and gives its result to the model', async () => {
    const { events, text, threadId } = await say('Where is o-1?');
    expect(events).toContainEqual({ type: 'progress_update', text: 'Looking for o-1' });
    expect(text).toContain('acme: shipped');
    expect((await stored(threadId)).map(({ type }) => type)).toEqual(['user_message', 'assistant_message']);
    expect(model.requests.at(-1)?.tools.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['order-status', 'count_orders', 'selection']),
    );
  });

  it('checks the arguments against either kind of schema', async () => {
    expect((await say('How many?')).text).toContain('3 in 2026');
    expect((await say('How many then?')).text).toContain('do not fit the parameters');
    expect((await say('Where is it?')).text).toContain('do not fit the parameters');
  });

  it('tells the model that a tool has failed, and keeps why and with what to itself', async () => {
    const { text, error } = await say('Where is o-9?');
    expect(error).toBeUndefined();
    expect(text).toContain('The tool failed and gave no result.');
    expect(text).not.toContain('secret detail');
    expect(logs.text).toContain('a tool failed');
    expect(logs.text).toContain('order-status');
    expect(logs.text).not.toContain('o-9');
  });

  it('hands the signal of the request to a tool', async () => {
    const client = new AbortController();
    await say('Where is o-1?', contextOf({ signal: client.signal }));
    client.abort();
    expect(app.get(Orders).signals.at(-1)?.aborted).toBe(true);
  });

  it('keeps two tenants apart whose tools run at the same time', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const orders = app.get(Orders);
    orders.gates.push(...gates.map(({ promise }) => promise));
    const first = say('Where is o-1?', contextOf({ tenantId: 'aurora' }));
    const second = say('Where is o-1?', contextOf({ tenantId: 'borealis' }));
    gates[1]?.resolve();
    const texts = [(await second).text];
    gates[0]?.resolve();
    texts.unshift((await first).text);
    const [aurora, borealis] = texts;
    expect([aurora, borealis]).toEqual([
      expect.stringContaining('aurora: shipped'),
      expect.stringContaining('borealis: shipped'),
    ]);
  });

  it('ends the run when a tool asks for a call of the page', async () => {
    const before = model.requests.length;
    const { threadId } = await say('What is selected?');
    expect(model.requests.length - before).toBe(1);
    expect((await stored(threadId)).at(-1)).toMatchObject({
      type: 'client_tool_call',
      name: 'get_selection',
      call_id: 'call_selection',
    });
  });

  it('reacts to an action with events that are yielded and sent, and stores what is done', async () => {
    const { threadId, widget } = await withWidget();
    const events = await act(threadId, 'order.cancel', { order: 'o-1' }, widget.id);
    expect(events.map(({ type }) => type)).toEqual([
      'stream_options',
      'progress_update',
      'thread.item.done',
      'thread.updated',
    ]);
    expect((await stored(threadId)).at(-1)).toMatchObject({ content: [{ text: `o-1 from ${widget.id}` }] });
    expect((await server.store.loadThread(threadId, contextOf())).title).toBe('Order o-1');
  });

  it('reacts to an action of the page, which has no sender', async () => {
    const { threadId } = await say('Hello');
    await act(threadId, 'order.cancel', { order: 'o-2' });
    expect((await stored(threadId)).at(-1)).toMatchObject({ content: [{ text: 'o-2 from page' }] });
  });

  it('lets an action answer with the model, and goes on afterwards', async () => {
    const { threadId } = await say('Hello');
    const events = await act(threadId, 'order.explain');
    const shown = events.flatMap((event) => {
      if (event.type === 'progress_update') return [event.text];
      return event.type === 'thread.item.done' ? [event.item.type] : [];
    });
    expect(shown).toEqual(['Looking for o-1', 'assistant_message', 'one more thing', 'and another']);
  });

  it('answers an action that waits with the item to show', async () => {
    const { threadId, widget } = await withWidget();
    const params = { thread_id: threadId, item_id: widget.id, action: { type: 'order.rename' } };
    const request = JSON.stringify({ type: 'threads.sync_custom_action', params });
    const result = await server.process(request, contextOf());
    if (result.streaming) throw new Error('streams');
    expect(JSON.parse(result.json)).toMatchObject({ updated_item: { id: widget.id, copy_text: 'renamed' } });
  });

  it('takes an action that demands its widget only from one that offers it', async () => {
    const { threadId, widget } = await withWidget();
    const returning = async (item_id: string | undefined) => {
      const params = { thread_id: threadId, item_id, action: { type: 'order.return' } };
      const request = JSON.stringify({ type: 'threads.sync_custom_action', params });
      const result = await server.process(request, contextOf());
      if (result.streaming) throw new Error('streams');
      return JSON.parse(result.json) as unknown;
    };
    expect(await returning(widget.id)).toMatchObject({ updated_item: { copy_text: 'returned' } });
    await expect(returning(undefined)).rejects.toMatchObject({
      code: 'invalid_request',
      field: 'params.item_id',
    });
    await server.store.addThreadItem(
      threadId,
      { ...widget, id: 'cw_other', widget: { type: 'Card', children: [] } },
      contextOf(),
    );
    await expect(returning('cw_other')).rejects.toMatchObject({ field: 'params.item_id' });
  });

  it('ends an action nobody handles with an error that offers no retry', async () => {
    const { threadId } = await say('Hello');
    const events = await act(threadId, 'order.eat');
    expect(events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: false });
    expect(logs.text).toContain('order.eat');
    const params = { thread_id: threadId, action: { type: 'order.eat' } };
    const waiting = JSON.stringify({ type: 'threads.sync_custom_action', params });
    await expect(server.process(waiting, contextOf())).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('"order.eat"') as string,
    });
  });

  it('asks no model when the input guardrail trips', async () => {
    const before = model.requests.length;
    const { error } = await say('I swear');
    expect(error).toMatchObject({ code: 'stream.error' });
    expect(model.requests).toHaveLength(before);
  });

  it.each(['Tell me', 'Break it'])(
    'takes an answer back that an output guardrail refuses, or cannot judge: %s',
    async (text) => {
      const { error, threadId } = await say(text);
      expect(error).toMatchObject({ code: 'stream.error' });
      expect((await stored(threadId)).map(({ type }) => type)).toEqual(['user_message']);
      expect(logs.text.includes('a guardrail failed')).toBe(text === 'Break it');
      expect(app.get(ModelHealth).status()).not.toHaveProperty('lastError');
    },
  );
});
