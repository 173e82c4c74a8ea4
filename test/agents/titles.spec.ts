import { Injectable } from '@nestjs/common';
import { createModel, InputGuardrail, Titles, type GuardrailVerdict } from '../../src/agents/index.js';
import type { RequestContext } from '../../src/auth/context/request-context.js';
import {
  ChatKitServer,
  MemoryStore,
  publicThread,
  type ThreadMetadata,
  type ThreadStreamEvent,
  type ThreadItem,
  type UserMessageItem,
} from '../../src/chatkit/core/index.js';
import { AgentApp, until } from './support/agent-app.js';
import { agentsConfig, collect, contextOf, Exchange, message } from './support/chat.js';
import { CapturedLogs } from './support/logs.js';
import { ModelServer } from './support/model-server.js';
import { NamingModel } from './support/naming-model.js';

const ada = contextOf();
const config = agentsConfig({ titles: 'model' });
const QUESTION = 'Could you please tell me when the office in Lisbon is open?';
const thread: ThreadMetadata = {
  id: 'thr_1',
  created_at: '2026-01-01T00:00:00Z',
  status: { type: 'active' },
  metadata: {},
};

function said(id: string): ThreadItem {
  const { id: thread_id, created_at } = thread;
  const content = [{ type: 'output_text' as const, text: 'Of course.', annotations: [] }];
  return { type: 'assistant_message', id, thread_id, created_at, content };
}

function question(thread_id: string): UserMessageItem {
  return {
    type: 'user_message',
    id: 'msg_1',
    thread_id,
    created_at: '2026-01-01T00:00:00Z',
    content: [{ type: 'input_text', text: QUESTION }],
    attachments: [],
    inference_options: {},
  };
}

@Injectable()
class Judge {
  @InputGuardrail()
  refuseNothing(): GuardrailVerdict {
    return { tripwireTriggered: false };
  }
}

async function titleOf(app: AgentApp, threadId: string): Promise<string | undefined> {
  return (await app.store.loadThread(threadId, ada)).title;
}

describe('the title of a new thread', () => {
  let logs: CapturedLogs;
  beforeEach(() => {
    logs = new CapturedLogs();
  });
  afterEach(() => logs[Symbol.dispose]());

  it('is made by the model, and announced with the first answer when it is there by then', async () => {
    const model = new NamingModel(() => 'Opening hours in Lisbon');
    model.afterFirstWord = () => until(() => model.asked.length === 1);
    await using app = await AgentApp.start({ model, config });
    const { titles, threadId, events } = await app.say(QUESTION, ada);
    expect(titles).toEqual(['Opening hours in Lisbon']);
    expect(await titleOf(app, threadId)).toBe('Opening hours in Lisbon');
    const named = events.find((event) => event.type === 'thread.updated');
    expect(named?.thread).toMatchObject({ id: threadId, metadata: {}, items: { data: [] } });
  });

  it('is asked for with the message alone', async () => {
    const model = new NamingModel(() => 'A title');
    await using app = await AgentApp.start({ model, config });
    await app.say(QUESTION, ada.with({ metadata: { pageContext: { title: 'Secret page' } } }));
    const [request] = model.asked;
    expect(JSON.stringify(request?.input)).toContain(QUESTION);
    expect(JSON.stringify(request)).not.toMatch(/Ada|acme|Secret page/);
    expect(request?.tools).toEqual([]);
  });

  it('is stored with the answer, before the answer is announced as done', async () => {
    await using app = await AgentApp.start({ config: agentsConfig({ titles: 'words' }) });
    const seen: unknown[] = [];
    let threadId = '';
    for await (const event of app.stream(message('Hello there'), ada)) {
      if (event.type === 'thread.created') threadId = event.thread.id;
      if (event.type !== 'thread.item.done') continue;
      seen.push([event.item.type, await titleOf(app, threadId)]);
    }
    expect(seen).toEqual([
      ['user_message', undefined],
      ['assistant_message', 'Hello there'],
    ]);
  });

  it.each([
    ['is announced as it is once the answer has gone on', false, 'Could you please'],
    ['is not announced any more when the user has given another since', true, undefined],
  ])('%s', async (_what, isRenamed, announced) => {
    const store = new MemoryStore();
    await store.saveThread(thread, ada);
    const asked: UserMessageItem = {
      ...question(thread.id),
      content: [{ type: 'input_text', text: 'Could you please' }],
    };
    const naming = new Titles().begin(store, thread, asked, ada);
    expect(await naming?.with(said('msg_2'))).toBe(true);
    const stored = await store.loadThread(thread.id, ada);
    await store.saveThread(
      { ...stored, metadata: { by: 'a tool' }, ...(isRenamed && { title: 'Mine' }) },
      ada,
    );
    expect(await naming?.with(said('msg_3'))).toBe(false);
    const named = await naming?.now();
    expect(named?.title).toBe(announced);
    expect(named?.metadata).toEqual(isRenamed ? undefined : { by: 'a tool' });
  });

  it('is tried again when the answer could not be stored with it', async () => {
    const store = new MemoryStore();
    const naming = new Titles().begin(store, thread, question(thread.id), ada);
    await expect(naming?.with(said('msg_2'))).rejects.toThrow('Thread not found');
    await store.saveThread(thread, ada);
    expect(await naming?.with(said('msg_2'))).toBe(true);
    expect((await naming?.now())?.title).toMatch(/^Could you please/);
  });

  it('does not keep the answer open: one that comes later is there at the next look', async () => {
    const gate = Promise.withResolvers<string>();
    await using app = await AgentApp.start({ model: new NamingModel(() => gate.promise), config });
    const { text, titles, threadId } = await app.say(QUESTION, ada);
    expect(text).toBe('Of course.');
    expect(titles).toEqual([]);
    expect(await titleOf(app, threadId)).toBeUndefined();
    gate.resolve('Opening hours in Lisbon');
    await until(async () => (await titleOf(app, threadId)) === 'Opening hours in Lisbon');
  });

  it.each(['before the answer ends', 'after the answer has ended'])(
    'that the user gives is kept, when the model’s comes %s',
    async (when) => {
      const gate = Promise.withResolvers<string>();
      const model = new NamingModel(() => gate.promise);
      await using app = await AgentApp.start({ model, config });
      let threadId = '';
      const rename = async (): Promise<void> => {
        const thread = await app.store.loadThread(threadId, ada);
        await app.store.saveThread({ ...thread, title: 'Mine' }, ada);
      };
      const titles: unknown[] = [];
      for await (const event of app.stream(message(QUESTION), ada)) {
        if (event.type === 'thread.created') threadId = event.thread.id;
        if (event.type === 'thread.updated') titles.push(event.thread.title);
        if (event.type !== 'thread.item.added') continue;
        await rename();
        if (when === 'before the answer ends') gate.resolve('Theirs');
      }
      gate.resolve('Theirs');
      await app[Symbol.asyncDispose]();
      expect(titles).toEqual([]);
      expect(await titleOf(app, threadId)).toBe('Mine');
    },
  );

  it('comes for an answer that was stopped, too', async () => {
    const model = new NamingModel(() => 'Opening hours in Lisbon');
    await using app = await AgentApp.start({ model, config });
    const leaving = new AbortController();
    model.afterFirstWord = () => leaving.abort();
    const events = await collect(app.stream(message(QUESTION), ada.with({ signal: leaving.signal })));
    const created = events.find((event) => event.type === 'thread.created');
    const threadId = created?.thread.id ?? '';
    await until(async () => (await titleOf(app, threadId)) === 'Opening hours in Lisbon');
  });

  it('comes for an answer that failed, too', async () => {
    const model = new NamingModel(() => 'Opening hours in Lisbon');
    model.afterFirstWord = () => Promise.reject(new Error('down'));
    await using app = await AgentApp.start({ model, config });
    const { error, threadId } = await app.say(QUESTION, ada);
    expect(error).toMatchObject({ type: 'error' });
    await until(async () => (await titleOf(app, threadId)) === 'Opening hours in Lisbon');
  });

  it.each([
    ['"Opening hours"', 'Opening hours'],
    ['Title: Opening hours.\nI hope this helps!', 'Opening hours'],
    ['**„Öffnungszeiten in Lissabon“**', 'Öffnungszeiten in Lissabon'],
    ['\n# Opening\u202e hours \u0000', 'Opening hours'],
    ['営業時間', '営業時間'],
    ['word '.repeat(40), 'word word word word word word word word word word word…'],
    ['Can it be?', 'Can it be?'],
  ])('is what remains of %j', async (written, title) => {
    const model = new NamingModel(() => written);
    await using app = await AgentApp.start({ model, config });
    const { threadId } = await app.say('Hello', ada);
    await until(async () => (await titleOf(app, threadId)) === title);
  });

  it.each([
    ['writes nothing', () => ''],
    ['writes nothing that could be one', () => '" "'],
    ['fails', () => Promise.reject(new Error('a secret cause'))],
  ])('is the first words of the message when the model %s', async (_what, written) => {
    await using app = await AgentApp.start({ model: new NamingModel(written), config });
    const { threadId } = await app.say(QUESTION, ada);
    await until(async () => (await titleOf(app, threadId)) !== undefined);
    expect(await titleOf(app, threadId)).toBe('Could you please tell me when the office in Lisbon is open?');
    expect(logs.text).not.toMatch(/secret|Lisbon/);
  });

  it('is the first words where a guardrail may still refuse what was asked', async () => {
    const model = new NamingModel(() => 'Theirs');
    await using app = await AgentApp.start({ model, config, providers: [Judge] });
    const { titles } = await app.say('Hello there', ada);
    expect(titles).toEqual(['Hello there']);
    expect(model.asked).toEqual([]);
  });

  it('is the first words where that is configured', async () => {
    const model = new NamingModel(() => 'Theirs');
    await using app = await AgentApp.start({ model, config: agentsConfig({ titles: 'words' }) });
    expect((await app.say('Hello there', ada)).titles).toEqual(['Hello there']);
    expect(model.asked).toEqual([]);
  });

  it('comes from a model behind the Responses API', async () => {
    const content = [{ type: 'output_text', text: 'Opening hours', annotations: [] }];
    const output = [{ type: 'message', id: 'm', role: 'assistant', status: 'completed', content }];
    const usage = { input_tokens: 9, output_tokens: 2, total_tokens: 11 };
    const body = { id: 'r', object: 'response', status: 'completed', output, usage };
    await using server = await ModelServer.start([{ status: 200, body }]);
    const remote = agentsConfig({ apiKey: 'sk-test', baseUrl: server.url, titles: 'model' });
    const store = new MemoryStore();
    await store.saveThread(thread, ada);
    const titles = new Titles(createModel(remote), remote);
    titles.begin(store, thread, question(thread.id), ada)?.later();
    await until(async () => (await store.loadThread(thread.id, ada)).title !== undefined);
    expect((await store.loadThread(thread.id, ada)).title).toBe('Opening hours');
    expect(server.calls.map(({ body: { model } }) => model)).toEqual([remote.model]);
  });

  it('is not undone by a change of the thread that follows', async () => {
    class Closing extends ChatKitServer<RequestContext> {
      override async *respond(given: ThreadMetadata): AsyncGenerator<ThreadStreamEvent> {
        const named = await this.store.nameThread(given.id, 'Named', ada);
        if (named !== undefined) yield { type: 'thread.updated', thread: publicThread(named) };
        given.status = { type: 'locked' };
      }
    }
    const store = new MemoryStore();
    const result = await new Closing(store).process(JSON.stringify(message('Hi')), ada);
    if (!result.streaming) throw new Error('expected a stream');
    const { threadId } = new Exchange(await collect(result.events));
    expect(await store.loadThread(threadId, ada)).toMatchObject({
      title: 'Named',
      status: { type: 'locked' },
    });
  });

  it('is asked for once', async () => {
    const model = new NamingModel(() => 'A title');
    await using app = await AgentApp.start({ model, config });
    const { threadId } = await app.say('One', ada);
    await until(async () => (await titleOf(app, threadId)) === 'A title');
    await app.say('Two', ada, threadId);
    expect(model.asked).toHaveLength(1);
  });

  it('is the first words when the server stops before the model has answered', async () => {
    const app = await AgentApp.start({ model: new NamingModel(() => new Promise(() => undefined)), config });
    const { threadId } = await app.say('Hello there', ada);
    await app[Symbol.asyncDispose]();
    expect(await titleOf(app, threadId)).toBe('Hello there');
  });

  it('brings no thread back that was deleted meanwhile', async () => {
    const gate = Promise.withResolvers<string>();
    const app = await AgentApp.start({ model: new NamingModel(() => gate.promise), config });
    const { threadId } = await app.say(QUESTION, ada);
    await app.store.deleteThread(threadId, ada);
    gate.resolve('Late');
    await app[Symbol.asyncDispose]();
    await expect(app.store.loadThread(threadId, ada)).rejects.toThrow('Thread not found');
    expect(logs.text).not.toContain('title');
  });
});
