import type { RunStreamEvent } from '@openai/agents';
import { setImmediate } from 'node:timers/promises';
import { AgentContext, type AgentRun } from '../../../src/agents/index.js';
import { RequestContext } from '../../../src/auth/index.js';
import { MemoryStore, type ThreadItem, type ThreadStreamEvent } from '../../../src/chatkit/core/index.js';

export const thread = {
  id: 'thr_1',
  created_at: '2026-01-01T00:00:00Z',
  status: { type: 'active' as const },
  metadata: {},
};
export const requestContext = new RequestContext({ tenantId: 't', userId: 'u' });
export const START = Date.parse('2026-01-01T10:00:00Z');

/** A context on a thread that exists, at a time that the test moves on. */
export async function stage(items: ThreadItem[] = []) {
  const store = new MemoryStore();
  await store.saveThread(thread, requestContext);
  for (const item of items) await store.addThreadItem(thread.id, item, requestContext);
  const time = { now: START };
  const context = new AgentContext(thread, store, requestContext, { clock: () => new Date(time.now) });
  const stored = async (): Promise<ThreadItem[]> =>
    (await store.loadThreadItems(thread.id, { limit: 99, order: 'asc' }, requestContext)).data;
  return { context, time, stored };
}

export function fromModel(event: object): RunStreamEvent {
  return { type: 'raw_model_stream_event', data: { type: 'model', event } } as RunStreamEvent;
}

export function message(id: string): RunStreamEvent[] {
  const item = { id, type: 'message', content: [] };
  return [
    fromModel({ type: 'response.output_item.added', item }),
    fromModel({ type: 'response.output_item.done', item }),
  ];
}

export function called(id: string, callId: string): RunStreamEvent {
  const rawItem = { type: 'function_call', id, callId, name: 'f', arguments: '{}' };
  return {
    type: 'run_item_stream_event',
    name: 'tool_called',
    item: { rawItem },
  } as unknown as RunStreamEvent;
}

/** An event of an image that a model generates. */
export function image(type: string, id: string, result?: string): RunStreamEvent {
  return fromModel({ type, item: { id, type: 'image_generation_call', result } });
}

export function runOf(events: () => AsyncGenerator<RunStreamEvent>): AgentRun {
  return { [Symbol.asyncIterator]: events, completed: Promise.resolve(), cancelled: false };
}

export async function collect(
  events: AsyncIterable<ThreadStreamEvent>,
  pause: () => Promise<void> = () => Promise.resolve(),
): Promise<ThreadStreamEvent[]> {
  const all: ThreadStreamEvent[] = [];
  for await (const event of events) {
    all.push(event);
    await pause();
  }
  return all;
}

/** Long enough for everything that waits for nothing else. */
export async function aWhile(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await setImmediate();
}

/** What an event is about, in one word each. */
export function outline(events: readonly ThreadStreamEvent[]): string[] {
  return events.map((event) => {
    if (event.type === 'progress_update') return event.text;
    const what = event.type.replace('thread.item.', '');
    return 'item' in event ? `${what} ${event.item.type}` : what;
  });
}

export function progress(text: string): ThreadStreamEvent {
  return { type: 'progress_update', text };
}
