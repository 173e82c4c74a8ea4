import { UnavailableError } from '../errors.js';
import { silentLogger, type CoreLogger } from '../logger.js';
import { MemoryStore } from '../store/memory-store.js';
import type { TenantScope } from '../store/scope.js';
import type { ThreadStreamEvent } from '../wire/events.js';
import type { ThreadItem } from '../wire/items.js';
import type { ThreadMetadata } from '../wire/threads.js';
import { ChatKitServer, type ProcessResult } from './server.js';

const scope: TenantScope = { tenantId: 'acme', userId: 'ada' };
const NOW = '2026-01-02T03:04:05.678Z';

type Respond = (thread: ThreadMetadata) => AsyncIterable<ThreadStreamEvent>;

class TestServer extends ChatKitServer<TenantScope> {
  constructor(
    private readonly answer: Respond,
    store = new MemoryStore(),
    logger: CoreLogger = silentLogger,
  ) {
    super(store, { clock: () => new Date(NOW), logger });
  }

  override respond(thread: ThreadMetadata): AsyncIterable<ThreadStreamEvent> {
    return this.answer(thread);
  }
}

const create = JSON.stringify({
  type: 'threads.create',
  params: {
    input: { content: [{ type: 'input_text', text: 'hi' }], attachments: [], inference_options: {} },
  },
});

function message(thread: ThreadMetadata, text: string, id = 'm1'): ThreadItem {
  return {
    type: 'assistant_message',
    id,
    thread_id: thread.id,
    created_at: NOW,
    content: text === '' ? [] : [{ type: 'output_text', text, annotations: [] }],
  };
}

function delta(text: string): ThreadStreamEvent {
  return {
    type: 'thread.item.updated',
    item_id: 'm1',
    update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text },
  };
}

function streaming(result: ProcessResult) {
  if (!result.streaming) throw new Error('expected a stream');
  return result.events;
}

async function collect(events: AsyncIterable<ThreadStreamEvent>): Promise<ThreadStreamEvent[]> {
  const all: ThreadStreamEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** Collects what an operator would be woken by. */
function loudInto(logged: string[]): CoreLogger {
  const collect =
    (level: string) =>
    (line: string): void =>
      void logged.push(`${level}: ${line}`);
  return { ...silentLogger, warn: collect('warn'), error: collect('error') };
}

async function* losingItsDatabase(): AsyncGenerator<ThreadStreamEvent> {
  yield delta('x');
  throw new UnavailableError('Chat is not available at the moment');
}

async function storedTypes(server: TestServer): Promise<string[]> {
  const [thread] = (await server.store.loadThreads({ limit: 1, order: 'desc' }, scope)).data;
  if (thread === undefined) return [];
  const page = await server.store.loadThreadItems(thread.id, { limit: 100, order: 'asc' }, scope);
  return page.data.map((item) => item.type);
}

describe('A stream that nobody waits for any more', () => {
  it('is cut off although respond() never yields again, and what was shown is stored', async () => {
    const server = new TestServer(async function* (thread) {
      yield { type: 'thread.item.added', item: message(thread, '') };
      yield delta('half an ans');
      await new Promise(() => undefined);
    });
    const client = new AbortController();
    const events = streaming(await server.process(create, scope, { signal: client.signal }));
    const seen: ThreadStreamEvent[] = [];
    for await (const event of events) {
      seen.push(event);
      if (event.type === 'thread.item.updated') client.abort();
    }
    expect(seen.at(-1)).toEqual(delta('half an ans'));
    expect(await storedTypes(server)).toEqual(['user_message', 'assistant_message', 'sdk_hidden_context']);
  });

  it('neither sends nor stores what respond() yields afterwards', async () => {
    const released = Promise.withResolvers<void>();
    const server = new TestServer(async function* (thread) {
      yield delta('x');
      await released.promise;
      yield { type: 'thread.item.done', item: message(thread, 'too late') };
    });
    const client = new AbortController();
    const events = streaming(await server.process(create, scope, { signal: client.signal }));
    let count = 0;
    for await (const event of events) {
      count++;
      if (event.type === 'thread.item.updated') client.abort();
    }
    released.resolve();
    await released.promise;
    expect(count).toBe(4);
    expect(await storedTypes(server)).toEqual(['user_message', 'sdk_hidden_context']);
  });

  it('lets respond() clean up when the consumer stops pulling', async () => {
    const cleaned = Promise.withResolvers<void>();
    const server = new TestServer(async function* () {
      try {
        yield delta('x');
        yield delta('y');
      } finally {
        cleaned.resolve();
      }
    });
    for await (const event of streaming(await server.process(create, scope))) {
      if (event.type === 'thread.item.updated') break;
    }
    await cleaned.promise;
    expect(await storedTypes(server)).toEqual(['user_message', 'sdk_hidden_context']);
  });

  it('treats an error thrown because of the abort as the abort', async () => {
    const client = new AbortController();
    const server = new TestServer(async function* () {
      yield delta('x');
      client.abort();
      throw new DOMException('aborted', 'AbortError');
    });
    const events = await collect(streaming(await server.process(create, scope, { signal: client.signal })));
    expect(events.map((event) => event.type)).not.toContain('error');
    expect(await storedTypes(server)).toEqual(['user_message', 'sdk_hidden_context']);
  });

  it('stops quietly when its thread was deleted meanwhile', async () => {
    const client = new AbortController();
    const respond: Respond = async function* (thread) {
      yield delta('x');
      await server.store.deleteThread(thread.id, scope);
      client.abort();
      await new Promise(() => undefined);
    };
    const logged: string[] = [];
    const server = new TestServer(respond, undefined, loudInto(logged));
    await collect(streaming(await server.process(create, scope, { signal: client.signal })));
    expect(await storedTypes(server)).toEqual([]);
    expect(logged).toEqual([]);
  });
});

describe('A response whose thread is deleted while it runs', () => {
  it('ends with an error that offers no retry', async () => {
    const server = new TestServer(async function* (thread) {
      await server.store.deleteThread(thread.id, scope);
      yield { type: 'thread.item.done', item: message(thread, 'too late') };
    });
    const events = await collect(streaming(await server.process(create, scope)));
    expect(events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: false });
  });
});

describe('A response during which the database goes away', () => {
  it('may be tried again, and is logged as what it is: no defect', async () => {
    const logged: string[] = [];
    const server = new TestServer(losingItsDatabase, undefined, loudInto(logged));
    const events = await collect(streaming(await server.process(create, scope)));
    expect(events.at(-1)).toEqual({ type: 'error', code: 'stream.error', allow_retry: true });
    expect(logged).toEqual(['warn: the response failed']);
  });
});

describe('An item', () => {
  it('is in the store before its done event is seen', async () => {
    const server = new TestServer(async function* (thread) {
      yield { type: 'thread.item.done', item: message(thread, 'stored') };
    });
    for await (const event of streaming(await server.process(create, scope))) {
      if (event.type !== 'thread.item.done') continue;
      const item = await server.store.loadItem(event.item.thread_id, event.item.id, scope);
      expect(item).toEqual(JSON.parse(JSON.stringify(event.item)));
    }
    expect.assertions(2);
  });
});

describe('The thread handed to respond()', () => {
  it('is saved and announced when something deep inside its metadata changes', async () => {
    const server = new TestServer(async function* (thread) {
      thread.metadata['seen'] = { pages: [] };
      yield delta('x');
      (thread.metadata['seen'] as { pages: string[] }).pages.push('/a');
      yield delta('y');
    });
    const events = await collect(streaming(await server.process(create, scope)));
    const updates = events.filter((event) => event.type === 'thread.updated');
    expect(updates).toHaveLength(2);
    expect(JSON.stringify(updates)).not.toContain('pages');
    const [saved] = (await server.store.loadThreads({ limit: 1, order: 'desc' }, scope)).data;
    expect(saved?.metadata).toEqual({ seen: { pages: ['/a'] } });
  });

  it('is not announced when it is given the title it has', async () => {
    const server = new TestServer(async function* (thread) {
      thread.title = 'T';
      yield delta('x');
      thread.title = 'T';
      yield delta('y');
    });
    const events = await collect(streaming(await server.process(create, scope)));
    expect(events.filter((event) => event.type === 'thread.updated')).toHaveLength(1);
  });
});

describe('A server without the optional hooks', () => {
  const server = new TestServer(async function* () {});
  const audio = { type: 'input.transcribe', params: { audio_base64: 'aGk=', mime_type: 'audio/webm' } };

  it('names the method to override when it is asked to transcribe', async () => {
    await expect(server.process(JSON.stringify(audio), scope)).rejects.toThrow(
      /TestServer must override transcribe\(\)/,
    );
  });

  it('refuses audio that is not base64, naming the field', async () => {
    const body = { ...audio, params: { ...audio.params, audio_base64: '%%%' } };
    await expect(server.process(JSON.stringify(body), scope)).rejects.toMatchObject({
      field: 'params.audio_base64',
    });
  });
});
