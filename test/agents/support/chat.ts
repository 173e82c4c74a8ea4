import type { Model } from '@openai/agents';
import { AnswerService, createModelHealth, RespondService } from '../../../src/agents/index.js';
import type { ModelHealth } from '../../../src/agents/index.js';
import { RequestContext } from '../../../src/auth/context/request-context.js';
import { MemoryStore } from '../../../src/chatkit/core/index.js';
import type { Store, ThreadItem, ThreadStreamEvent } from '../../../src/chatkit/core/index.js';
import { AgentsConfig } from '../../../src/config/agents.config.js';

/** A configuration that differs from the defaults in what is given. */
export function agentsConfig(change: Partial<AgentsConfig> = {}): AgentsConfig {
  return Object.assign(new AgentsConfig(), { offlineDelayMs: 0, modelRetries: 0, titles: 'words' }, change);
}

export function contextOf(
  change: Partial<ConstructorParameters<typeof RequestContext>[0]> = {},
): RequestContext {
  return new RequestContext({
    tenantId: 'acme',
    tenantName: 'Acme Ltd',
    userId: 'u-ada',
    roles: ['editor'],
    user: { name: 'Ada Lovelace', email: 'ada@acme.test' },
    ...change,
  });
}

/** Talks with a server. */
export class Talk {
  readonly store: Store<RequestContext>;

  constructor(readonly server: RespondService) {
    this.store = server.store;
  }

  /** The stream of a request, event by event. */
  async *stream(
    request: object,
    context: RequestContext,
  ): AsyncGenerator<ThreadStreamEvent, void, undefined> {
    const result = await this.server.process(JSON.stringify(request), context, { signal: context.signal });
    if (!result.streaming) throw new Error('expected a stream');
    yield* result.events;
  }

  /** Says something in a new thread, or in the one given, and waits for the whole answer. */
  async say(text: string, context: RequestContext = contextOf(), threadId?: string): Promise<Exchange> {
    return new Exchange(await collect(this.stream(message(text, threadId), context)), threadId);
  }

  async items(threadId: string, context: RequestContext = contextOf()): Promise<ThreadItem[]> {
    return (await this.store.loadThreadItems(threadId, { limit: 100, order: 'asc' }, context)).data;
  }
}

/** One chat server over a store in memory. */
export class Chat extends Talk {
  constructor(
    model: Model,
    config: AgentsConfig = agentsConfig(),
    store: Store<RequestContext> = new MemoryStore(),
    readonly health: ModelHealth = createModelHealth(config),
  ) {
    super(new RespondService(store, new AnswerService(model, config, health), config));
  }
}

/** The request that says something. */
export function message(text: string, threadId?: string): object {
  const input = { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} };
  return threadId === undefined
    ? { type: 'threads.create', params: { input } }
    : { type: 'threads.add_user_message', params: { thread_id: threadId, input } };
}

/** Everything a stream gives, once it has ended. */
export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of source) all.push(value);
  return all;
}

/** What came back for one message. */
export class Exchange {
  constructor(
    readonly events: readonly ThreadStreamEvent[],
    private readonly knownThread?: string,
  ) {}

  get threadId(): string {
    const created = this.events.find((event) => event.type === 'thread.created');
    const id = this.knownThread ?? created?.thread.id;
    if (id === undefined) throw new Error('no thread');
    return id;
  }

  get deltas(): string[] {
    return this.events.flatMap((event) =>
      event.type === 'thread.item.updated' &&
      event.update.type === 'assistant_message.content_part.text_delta'
        ? [event.update.delta]
        : [],
    );
  }

  /** The text of the finished answers. */
  get text(): string {
    return this.events
      .flatMap((event) =>
        event.type === 'thread.item.done' && event.item.type === 'assistant_message'
          ? event.item.content
          : [],
      )
      .map((part) => part.text)
      .join('\n');
  }

  get error(): ThreadStreamEvent | undefined {
    return this.events.find((event) => event.type === 'error');
  }

  /** Titles that were announced. */
  get titles(): (string | undefined)[] {
    return this.events.flatMap((event) => (event.type === 'thread.updated' ? [event.thread.title] : []));
  }
}
