import { Session } from './session.js';
import type { Store } from './store.js';
import type { Fetch } from './transport.js';

export interface SentRequest {
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** An upload: everything that is not a request of the protocol. */
export interface SentFile extends RequestInit {
  readonly url: string;
}

type Answer = (request: SentRequest, init: RequestInit) => Response | Promise<Response>;

/** A response that streams these events and then ends. */
export function eventStream(...events: readonly unknown[]): Response {
  const text = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
  return new Response(text, { headers: { 'content-type': 'text/event-stream' } });
}

/** A stream that the test feeds by hand. */
export class HandFed {
  readonly response: Response;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  readonly #encoder = new TextEncoder();

  constructor(init: RequestInit) {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
      },
    });
    init.signal?.addEventListener('abort', () =>
      this.#controller?.error(new DOMException('x', 'AbortError')),
    );
    this.response = new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  send(...events: readonly unknown[]): void {
    for (const event of events)
      this.#controller?.enqueue(this.#encoder.encode(`data: ${JSON.stringify(event)}\n\n`));
  }

  end(): void {
    this.#controller?.close();
  }

  break(): void {
    this.#controller?.error(new TypeError('network error'));
  }
}

const stages = new Set<Stage>();

/** Ends what the stages of a test left running. */
export function stopAll(): void {
  for (const stage of stages) stage.session.stop();
  stages.clear();
}

/** A session with a scripted server; records what it sends and says. */
export class Stage {
  readonly requests: SentRequest[] = [];
  readonly files: SentFile[] = [];
  readonly events: [string, unknown][] = [];
  readonly session: Session;
  answer: Answer;
  answerFile: (init: RequestInit) => Response | Promise<Response> = () => new Response('');
  readonly #waiting = new Set<() => void>();

  constructor(answer: Answer, options: Record<string, unknown> = {}) {
    this.answer = answer;
    const fetch: Fetch = (url, init) => {
      if (typeof init.body !== 'string') {
        this.files.push({ url, ...init });
        this.#wake();
        return this.answerFile(init);
      }
      const request = JSON.parse(init.body) as SentRequest;
      this.requests.push(request);
      this.#wake();
      return this.answer(request, init);
    };
    const ports = {
      emit: (name: string, detail?: unknown) => {
        this.events.push([name.replace('chatkit.', ''), detail]);
        this.#wake();
      },
      fetch,
      language: 'en-GB',
      instanceId: 'test',
      focusComposer: () => undefined,
      wait: () => Promise.resolve(),
    };
    this.session = new Session(ports, { api: { url: '/chatkit' }, history: { enabled: false }, ...options });
    stages.add(this);
  }

  /** Names of the events so far, without the log. */
  get said(): string[] {
    return this.events.map(([name]) => name).filter((name) => name !== 'log');
  }

  get sent(): string[] {
    return this.requests.map(({ type }) => type);
  }

  /** Resolves as soon as the condition holds after a change of the state, a request or an event. */
  until(holds: () => boolean, state: Pick<Store<unknown>, 'subscribe'> = this.session.state): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!holds()) return;
        stop();
        this.#waiting.delete(check);
        resolve();
      };
      const stop = state.subscribe(check);
      this.#waiting.add(check);
      queueMicrotask(check);
    });
  }

  heard(event: string): Promise<void> {
    return this.until(() => this.said.includes(event));
  }

  asked(type: string): Promise<void> {
    return this.until(() => this.sent.includes(type));
  }

  #wake(): void {
    for (const check of this.#waiting) check();
  }
}

export const thread = { id: 'thr_1', created_at: '2026-01-01T00:00:00Z', status: { type: 'active' } };

export function userItem(id: string, text = 'Hi'): Record<string, unknown> {
  const content = [{ type: 'input_text', text }];
  return { type: 'user_message', id, thread_id: 'thr_1', created_at: '', content, attachments: [] };
}

export function answerItem(id: string, text: string): Record<string, unknown> {
  const content = [{ type: 'output_text', text, annotations: [] }];
  return { type: 'assistant_message', id, thread_id: 'thr_1', created_at: '', content };
}

export function done(item: unknown): Record<string, unknown> {
  return { type: 'thread.item.done', item };
}

export const created = {
  type: 'thread.created',
  thread: { ...thread, items: { data: [], has_more: false } },
};
export const mayStop = { type: 'stream_options', stream_options: { allow_cancel: true } };
