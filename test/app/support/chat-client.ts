import type { Page, Thread, ThreadItem, ThreadStreamEvent } from '../../../src/chatkit/core/index.js';
import { create, say } from './requests.js';
import { tokenOf, type Person } from './tokens.js';

/** A refusal, without what differs from request to request. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly field?: string;
}

/** What a whole answer left behind. */
export interface Turn {
  readonly threadId: string;
  readonly events: readonly ThreadStreamEvent[];
  /** Items acknowledged by `thread.item.done`, in that order. */
  readonly items: readonly ThreadItem[];
  /** Text of the last assistant message. */
  readonly answer: string;
}

/** No request of a test may take longer: one that hangs fails the test that sent it. */
const PATIENCE_MS = 60_000;

/** A client that knows an address and has a token, and nothing else. */
export class ChatClient {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async of(url: string, person: Person, claims?: Record<string, unknown>): Promise<ChatClient> {
    return new ChatClient(url, await tokenOf(person, claims));
  }

  /** Sends a request; text goes out as it is. */
  send(
    request: object | string,
    headers: Record<string, string> = {},
    signal: AbortSignal = AbortSignal.timeout(PATIENCE_MS),
  ): Promise<Response> {
    return fetch(`${this.url}/chatkit`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', ...headers },
      body: typeof request === 'string' ? request : JSON.stringify(request),
      signal,
    });
  }

  /** The answer to a request that does not stream. */
  async json<T>(type: string, params: object): Promise<T> {
    const response = await this.send({ type, params });
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  thread(threadId: string): Promise<Thread> {
    return this.json('threads.get_by_id', { thread_id: threadId });
  }

  items(threadId: string, params: object = {}): Promise<Page<ThreadItem>> {
    return this.json('items.list', { thread_id: threadId, order: 'asc', limit: 100, ...params });
  }

  /** All items of a thread, page by page, oldest first. */
  async allItems(threadId: string): Promise<ThreadItem[]> {
    const items: ThreadItem[] = [];
    for (let after: string | undefined; ;) {
      const page = await this.items(threadId, after === undefined ? {} : { after });
      items.push(...page.data);
      if (!page.has_more) return items;
      after = page.after;
    }
  }

  threads(params: object = {}): Promise<Page<Thread>> {
    return this.json('threads.list', params);
  }

  /** A request that must be refused. */
  async refusal(request: object | string, headers?: Record<string, string>): Promise<Refusal> {
    const response = await this.send(request, headers);
    const text = await response.text();
    if (response.ok) throw new Error(`Not refused: ${text.slice(0, 500)}`);
    const { code, message, field } = (JSON.parse(text) as { error: Refusal }).error;
    return { status: response.status, code, message, ...(field !== undefined && { field }) };
  }

  /** The whole answer to a request that streams. */
  async turn(request: object): Promise<Turn> {
    const events: ThreadStreamEvent[] = [];
    for await (const event of this.stream(request)) events.push(event);
    return turnOf(events);
  }

  create(text: string, metadata?: Record<string, unknown>): Promise<Turn> {
    return this.turn(create(text, metadata));
  }

  say(threadId: string, text: string, metadata?: Record<string, unknown>): Promise<Turn> {
    return this.turn(say(threadId, text, metadata));
  }

  /** Events as they come; leaving the loop leaves the server, too. */
  async *stream(request: object): AsyncGenerator<ThreadStreamEvent, void, undefined> {
    const leaving = new AbortController();
    const signal = AbortSignal.any([leaving.signal, AbortSignal.timeout(PATIENCE_MS)]);
    const response = await this.send(request, {}, signal);
    try {
      if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
      if (response.body !== null) yield* eventsOf(response.body);
    } finally {
      leaving.abort();
    }
  }
}

async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ThreadStreamEvent> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) {
      if (frame.startsWith('data: ')) yield JSON.parse(frame.slice('data: '.length)) as ThreadStreamEvent;
    }
  }
}

/** Sums up the events of one answer. */
function turnOf(events: readonly ThreadStreamEvent[]): Turn {
  const items = events.flatMap((event) => (event.type === 'thread.item.done' ? [event.item] : []));
  const created = events.find((event) => event.type === 'thread.created');
  const last = items.findLast((item) => item.type === 'assistant_message');
  return {
    threadId: created?.thread.id ?? items[0]?.thread_id ?? '',
    events,
    items,
    answer: last?.content.map(({ text }) => text).join('\n') ?? '',
  };
}
