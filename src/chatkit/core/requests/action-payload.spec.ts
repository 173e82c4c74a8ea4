import * as z from 'zod';
import { ChatKitServer } from '../server/server.js';
import { InvalidRequestError } from '../errors.js';
import { MemoryStore } from '../store/memory-store.js';
import type { TenantScope } from '../store/scope.js';
import type { Action } from '../wire/actions.js';
import type { ThreadStreamEvent } from '../wire/events.js';
import type { ThreadMetadata } from '../wire/threads.js';

const scope: TenantScope = { tenantId: 'acme', userId: 'ada' };
const payload = z.object({ order: z.union([z.object({ id: z.string() }), z.number()]) });
const thread: ThreadMetadata = {
  id: 'thr_1',
  created_at: '2026-01-02T03:04:05Z',
  status: { type: 'active' },
  metadata: {},
};

type Handle = (action: Action) => AsyncIterable<ThreadStreamEvent>;

class Desk extends ChatKitServer<TenantScope> {
  constructor(private readonly act: Handle) {
    super(new MemoryStore());
  }

  override async *respond(): AsyncGenerator<ThreadStreamEvent> {}

  override action(_thread: ThreadMetadata, action: Action): AsyncIterable<ThreadStreamEvent> {
    return this.act(action);
  }

  override syncAction(_thread: ThreadMetadata, action: Action): Promise<object> {
    payload.parse(action.payload);
    return Promise.resolve({});
  }
}

async function send(handle: Handle, type: string, given: unknown): Promise<ThreadStreamEvent[]> {
  const desk = new Desk(handle);
  await desk.store.saveThread(thread, scope);
  const params = { thread_id: thread.id, action: { type: 'order', payload: given } };
  const result = await desk.process(JSON.stringify({ type, params }), scope);
  if (!result.streaming) return [];
  const events: ThreadStreamEvent[] = [];
  for await (const event of result.events) events.push(event);
  return events;
}

async function* parsing(action: Action): AsyncGenerator<ThreadStreamEvent> {
  payload.parse(action.payload);
  yield { type: 'progress_update', text: 'Looking' };
}

/** As a zod of another version throws it, in a package of its own. */
class ForeignZodError extends Error {
  override readonly name = 'ZodError';
  readonly issues = [{ code: 'invalid_type', path: ['order'], message: 'Expected a string' }];
}

const throwing: Handle = () => {
  throw new ForeignZodError();
};

const refusing: Handle = () => {
  throw new InvalidRequestError('no such order', 'params.action.payload.order');
};

async function* late(action: Action): AsyncGenerator<ThreadStreamEvent> {
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  yield* parsing(action);
}

const streams = 'threads.custom_action';

describe('An action whose payload does not fit the schema of its handler', () => {
  it.each(['threads.sync_custom_action', streams])('is refused, naming the field: %s', async (type) => {
    await expect(send(parsing, type, { order: { id: 7 } })).rejects.toMatchObject({
      code: 'invalid_request',
      field: 'params.action.payload.order.id',
    });
    await expect(send(parsing, type, undefined)).rejects.toMatchObject({ field: 'params.action.payload' });
    await expect(send(parsing, type, { order: 1 })).resolves.toBeDefined();
  });

  it('is refused by a handler that is no generator, and by a schema of another zod', async () => {
    await expect(send(throwing, streams, {})).rejects.toMatchObject({
      message: 'params.action.payload.order: Expected a string',
      field: 'params.action.payload.order',
    });
  });

  it('is refused in the words of a handler that looks for itself', async () => {
    await expect(send(refusing, streams, {})).rejects.toMatchObject({ message: 'no such order' });
  });

  it('ends a stream that has begun, for good', async () => {
    expect((await send(late, streams, {})).at(-1)).toEqual({
      type: 'error',
      code: 'stream.error',
      allow_retry: false,
    });
  });

  it('answers what fits as ever, each event once and in order', async () => {
    const events = await send(parsing, streams, { order: 1 });
    expect(events.map(({ type }) => type)).toEqual(['stream_options', 'progress_update']);
  });

  it('cleans up a handler that was begun for a client that left', async () => {
    let cleaned = false;
    const desk = new Desk(async function* () {
      try {
        yield { type: 'progress_update', text: 'Looking' };
      } finally {
        cleaned = true;
      }
    });
    await desk.store.saveThread(thread, scope);
    const params = { thread_id: thread.id, action: { type: 'order' } };
    const result = await desk.process(JSON.stringify({ type: streams, params }), scope);
    if (!result.streaming) throw new Error('expected a stream');
    await result.events.next();
    await result.events.return();
    await new Promise((resolve) => setImmediate(resolve));
    expect(cleaned).toBe(true);
  });
});
