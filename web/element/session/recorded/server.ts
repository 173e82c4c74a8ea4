import { list, number, record, text } from '../json.js';
import type { JsonRecord } from '../json.js';
import { eventStream } from '../testing.js';
import type { SentRequest } from '../testing.js';
import type { Holding, RecordedStep, Recording } from './scenario.js';

const FIRST_PAGE = 20;
const STATUS: Readonly<Record<string, number>> = {
  invalid_request: 400,
  not_found: 404,
  invalid_state: 409,
  unsupported: 501,
};

/** Answers as recorded: the steps in their order, and whoever reads a thread gets what was held in it then. */
export class RecordedServer {
  /** Requests that nobody recorded; the element has no reason to make any. */
  readonly surprises: string[] = [];
  /** Called when the client has taken in all the events of a stream that it shall leave. */
  atCut: () => void = () => undefined;
  #due: RecordedStep[] = [];
  readonly #threads = new Map<string, JsonRecord>();
  readonly #owners = new Map<string, string>();
  readonly #held = new Map<string, Holding | undefined>();

  constructor({ seed }: Recording) {
    if (!seed) return;
    const id = text(seed.thread.id) ?? '';
    this.#threads.set(id, seed.thread);
    this.#held.set(id, seed.held);
  }

  /** The steps that come next, in this order. Those that were not asked for are given back. */
  expect(...steps: readonly RecordedStep[]): RecordedStep[] {
    const left = this.#due;
    this.#due = [...steps];
    return left;
  }

  get due(): RecordedStep | undefined {
    return this.#due[0];
  }

  /** What the server holds in the thread, where it is known. */
  held(threadId: string | undefined): Holding | undefined {
    return threadId === undefined ? undefined : this.#held.get(threadId);
  }

  /** The thread as this user may see it. */
  thread(user: string, threadId: string): JsonRecord | undefined {
    const owner = this.#owners.get(threadId) ?? user;
    return owner === user ? this.#threads.get(threadId) : undefined;
  }

  answer(user: string, request: SentRequest, signal: AbortSignal): Response {
    const step = this.#due[0];
    if (step?.type === request.type && step.user === user && sameRequest(step, request)) {
      this.#due.shift();
      return this.#play(step, signal);
    }
    const threadId = text(request.params.thread_id) ?? '';
    if (request.type === 'threads.get_by_id') return this.#thread(user, threadId);
    if (request.type === 'items.list') return this.#page(threadId, request.params);
    this.surprises.push(JSON.stringify(request));
    return refusal('invalid_request');
  }

  #play(step: RecordedStep, signal: AbortSignal): Response {
    const { events, json, raises, cancelAfter, threadId } = step;
    if (threadId !== undefined && events) this.#held.set(threadId, step.held);
    for (const event of events ?? []) this.#notice(record(event).thread, step.user);
    if (json !== undefined) this.#notice(json, step.user);
    if (step.type === 'threads.delete' && json !== undefined) this.#threads.delete(threadId ?? '');
    if (events === undefined) return raises === undefined ? Response.json(json) : refusal(raises);
    if (raises !== undefined)
      return streamUntil(events, signal, (controller) => controller.error(new TypeError('lost')));
    if (cancelAfter !== undefined) return streamUntil(events, signal, () => this.atCut());
    return eventStream(...events);
  }

  /** Threads are known as they were told of last. */
  #notice(value: unknown, user: string): void {
    const { items: _, ...thread } = record(value);
    const id = text(thread.id);
    if (id === undefined || text(record(thread.status).type) === undefined) return;
    this.#threads.set(id, thread);
    if (!this.#owners.has(id)) this.#owners.set(id, user);
  }

  #thread(user: string, id: string): Response {
    const thread = this.thread(user, id);
    if (!thread) return refusal('not_found');
    const held = this.#read(id);
    const hasMore = held.length > FIRST_PAGE;
    return Response.json({ ...thread, items: { data: held.slice(0, FIRST_PAGE), has_more: hasMore } });
  }

  #page(id: string, params: JsonRecord): Response {
    const newestFirst = this.#read(id).toReversed();
    const from = newestFirst.findIndex((item) => record(item).id === params.after) + 1;
    const to = from + (number(params.limit) ?? FIRST_PAGE);
    const data = newestFirst.slice(from, to);
    return Response.json({ data, has_more: to < newestFirst.length, after: record(data.at(-1)).id });
  }

  #read(id: string): Holding {
    const held = this.#held.get(id);
    if (!held) this.surprises.push(`${id} was read where nobody recorded what it held`);
    return held ?? [];
  }
}

function refusal(kind: string): Response {
  return Response.json({ error: { code: kind } }, { status: STATUS[kind] ?? 500 });
}

/** A stream that goes no further once the reader has dealt with these events. */
function streamUntil(
  events: readonly unknown[],
  signal: AbortSignal,
  then: (controller: ReadableStreamDefaultController<Uint8Array>) => void,
): Response {
  let sent = false;
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void | Promise<void> => {
    if (sent) {
      then(controller);
      return new Promise(() => undefined);
    }
    sent = true;
    const lines = events.map((event) => `data: ${JSON.stringify(event)}\n\n`);
    controller.enqueue(new TextEncoder().encode(lines.join('')));
  };
  const start = (controller: ReadableStreamDefaultController<Uint8Array>): void =>
    signal.addEventListener('abort', () => controller.error(new DOMException('Aborted', 'AbortError')));
  const body = new ReadableStream<Uint8Array>({ start, pull }, { highWaterMark: 0 });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

/** The same request in other words: what is null, empty or a default may as well be absent. */
function sameRequest({ type, params }: RecordedStep, sent: SentRequest): boolean {
  return type === sent.type && JSON.stringify(plain(params)) === JSON.stringify(plain(sent.params));
}

const DEFAULTS = new Set<unknown>([null, undefined, '', false, 'answered']);

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return list(value).map(plain);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const members = Object.entries(record(value))
    .map(([key, member]) => [key, plain(member)] as const)
    .filter(([, member]) => !DEFAULTS.has(member) && JSON.stringify(member) !== '{}');
  return Object.fromEntries(members.toSorted(([a], [b]) => a.localeCompare(b)));
}
