import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { ChatKitAction, ChatKitTool, type AgentContext } from '../../src/agents/index.js';
import type { Action, ThreadStreamEvent, WidgetItem } from '../../src/chatkit/core/index.js';
import { callOf, ScriptedModel } from '../../src/testing/scripted-model.js';
import { message } from './support/chat.js';
import { HttpApp } from './support/http-app.js';

const LIBRARY = pathToFileURL(join(import.meta.dirname, '../../web/client/dist/web/client/index.js')).href;

interface Library {
  createChatKitFetch(options: {
    getToken: () => string;
    getUser: () => { id: string; name: string };
    getPageContext: () => object;
  }): typeof fetch;
}

/** What reached the handlers of actions. */
@Injectable()
class Desk {
  static readonly seen: unknown[] = [];

  @ChatKitTool({ name: 'selection', description: 'Reads the selection.', parameters: z.object({}) })
  selection(_args: object, context: AgentContext): void {
    context.clientToolCall = { name: 'get_selection', arguments: {} };
  }

  @ChatKitAction('look')
  async look(_action: Action, _sender: WidgetItem | undefined, context: AgentContext): Promise<void> {
    Desk.seen.push(context.requestContext.metadata['pageContext']);
  }

  @ChatKitAction('look', { sync: true })
  lookAtOnce(_action: Action, _sender: WidgetItem | undefined, context: AgentContext): void {
    Desk.seen.push(context.requestContext.metadata['pageContext']);
  }
}

const question = { question: 'Which day?', options: [], multiple: false };

/** A member who goes from page to page of a portal that uses the React library. */
class Visitor implements AsyncDisposable {
  readonly model = new ScriptedModel({
    'What is selected': callOf('selection', {}),
    'Ask me': callOf('ask_user', { questions: [question] }),
  });
  #page = '';

  private constructor(
    private readonly app: { current?: HttpApp },
    private readonly library: Library,
  ) {}

  static async arrive(): Promise<Visitor> {
    const visitor = new Visitor({}, (await import(LIBRARY)) as Library);
    visitor.app.current = await HttpApp.start(visitor.model, [Desk]);
    return visitor;
  }

  /** The titles of pages in what the model was told last. */
  get told(): string | undefined {
    return /title: "(Page [^"]*)"/.exec(this.model.requests.at(-1)?.systemInstructions ?? '')?.[1];
  }

  /** Sends a request from the page of that title. */
  async from(page: string, request: object): Promise<ThreadStreamEvent[]> {
    this.#page = page;
    const send = this.library.createChatKitFetch({
      getToken: () => 'token',
      getUser: () => ({ id: 'u-ada', name: 'Ada' }),
      getPageContext: () => this.#described(),
    });
    const response = await send(`http://127.0.0.1:${this.app.current?.port}/chatkit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${response.status} ${text}`);
    return text
      .split('\n')
      .filter((line) => line.startsWith('data: '))
      .map((line) => JSON.parse(line.slice('data: '.length)) as ThreadStreamEvent);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app.current?.[Symbol.asyncDispose]();
  }

  #described(): object {
    return {
      url: 'https://portal.test/page',
      title: this.#page,
      path: '/page',
      headings: [],
      timestamp: 'now',
    };
  }
}

function threadOf(events: readonly ThreadStreamEvent[]): string {
  const created = events.find((event) => event.type === 'thread.created');
  if (created === undefined) throw new Error('no thread');
  return created.thread.id;
}

/** The id of the last item of that type that is done. */
function itemOf(events: readonly ThreadStreamEvent[], type: string): string {
  const done = events.findLast((event) => event.type === 'thread.item.done' && event.item.type === type);
  if (done?.type !== 'thread.item.done') throw new Error(`no ${type}`);
  return done.item.id;
}

describe('The page that the React library describes', () => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await Visitor.arrive();
  });
  afterAll(() => visitor[Symbol.asyncDispose]());

  it('is what the agent is told with a first message, a further one, and one that is tried again', async () => {
    const first = await visitor.from('Page one', message('Hello'));
    expect(visitor.told).toBe('Page one');
    const thread_id = threadOf(first);
    const second = await visitor.from('Page two', message('And here?', thread_id));
    expect(visitor.told).toBe('Page two');
    const item_id = itemOf(second, 'user_message');
    await visitor.from('Page three', { type: 'threads.retry_after_item', params: { thread_id, item_id } });
    expect(visitor.told).toBe('Page three');
  });

  it('is what the agent is told when the page has answered a call', async () => {
    const thread_id = threadOf(await visitor.from('Page one', message('What is selected?')));
    const params = { thread_id, result: 'nothing' };
    await visitor.from('Page four', { type: 'threads.add_client_tool_output', params });
    expect(visitor.told).toBe('Page four');
  });

  it('is what the agent is told when the user has answered its questions', async () => {
    const events = await visitor.from('Page one', message('Ask me'));
    const params = {
      thread_id: threadOf(events),
      item_id: itemOf(events, 'structured_input'),
      input: { status: 'skipped' },
    };
    await visitor.from('Page five', { type: 'threads.add_structured_input', params });
    expect(visitor.told).toBe('Page five');
  });

  it('reaches the handlers of actions of either kind', async () => {
    const thread_id = threadOf(await visitor.from('Page one', message('Hello')));
    const params = { thread_id, action: { type: 'look', payload: {} } };
    await visitor.from('Page six', { type: 'threads.custom_action', params });
    await visitor.from('Page seven', { type: 'threads.sync_custom_action', params });
    expect(Desk.seen).toMatchObject([{ title: 'Page six' }, { title: 'Page seven' }]);
  });

  it('is taken from either place, and from that of the message where both have it', async () => {
    const thread_id = threadOf(await visitor.from('Page one', message('Hello')));
    const beside = { ...message('And now?', thread_id), metadata: { pageContext: { title: 'Page beside' } } };
    await visitor.from('Page within', beside);
    expect(visitor.told).toBe('Page within');
  });
});
