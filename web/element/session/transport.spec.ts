import { ChatKitFailure } from './failure.js';
import { Transport } from './transport.js';
import type { Fetch } from './transport.js';

const request = { type: 'threads.list' as const, params: {} };

function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

function sse(body: ReadableStream<Uint8Array>): Response {
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

function transport(fetch: Fetch, limits?: ConstructorParameters<typeof Transport>[2]): Transport {
  return new Transport(() => ({ url: '/chatkit', fetch, locale: 'en' }), 'instance-1', limits);
}

async function collect(events: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const event of events) all.push(event);
  return all;
}

function signal(): AbortSignal {
  return new AbortController().signal;
}

const broken = (): never => {
  throw new TypeError("Failed to execute 'fetch' on 'Window': Illegal invocation");
};

const waiting: Fetch = (_, init) =>
  new Promise((_resolve, reject) => {
    init.signal?.addEventListener('abort', () => reject(new DOMException('x', 'AbortError')));
  });

describe('A request', () => {
  it('carries plain headers that a handler can spread, and a signal', async () => {
    let seen: RequestInit | undefined;
    await transport((_, init) => {
      seen = init;
      return Response.json({});
    }).request(request, signal());
    expect(Object.entries(seen?.headers ?? {})).toEqual(
      Object.entries({
        Accept: '*/*;stop=request',
        'Content-Type': 'application/json',
        'Accept-Language': 'en',
        'chatkit-frame-instance-id': 'instance-1',
      }),
    );
    expect(seen?.signal).toBeInstanceOf(AbortSignal);
    expect(seen?.body).toBe(JSON.stringify(request));
  });

  it('answered that no more is kept says so, and not that one may not come in', async () => {
    const body = { error: { code: 'limit_reached' } };
    const sent = transport(() => Response.json(body, { status: 403 })).request(request, signal());
    await expect(sent).rejects.toMatchObject({ code: 'limit_reached', canRetry: false });
  });

  it.each([
    [401, 'signed_out'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [413, 'too_large'],
    [429, 'too_many'],
    [503, 'unavailable'],
    [500, 'server'],
    [400, 'rejected'],
  ])("answered with %i fails as %s and keeps the server's own code", async (status, code) => {
    const refuse = (): Response => Response.json({ error: { code: 'c', message: 'm' } }, { status });
    const sent = transport(refuse).request(request, signal());
    await expect(sent).rejects.toMatchObject({ code, status, serverCode: 'c', message: 'm' });
  });

  it('says what to do about a fetch that lost its object', async () => {
    await expect(transport(broken).request(request, signal())).rejects.toThrow(/pass \(url, init\)/);
  });

  it('fails when the page answers with something that is no response', async () => {
    const nothing = (() => undefined) as unknown as Fetch;
    await expect(transport(nothing).request(request, signal())).rejects.toBeInstanceOf(ChatKitFailure);
  });
});

describe('A stream', () => {
  it('survives split characters, comments, any line ending and events that are no JSON', async () => {
    const text =
      ': heartbeat\r\n\r\ndata: {"type":"a","text":"Grüße 👋"}\r\n\r\ndata: nonsense\n\ndata: {"type":"b"}';
    const bytes = new TextEncoder().encode(text);
    const single = [...bytes].map((byte) => Uint8Array.of(byte));
    const events = await collect(transport(() => sse(streamOf(single))).stream(request, signal()));
    expect(events).toEqual([{ type: 'a', text: 'Grüße 👋' }, { type: 'b' }]);
  });

  it('takes a JSON answer for its events', async () => {
    const answers = [{ updated_item: { id: 'x' } }, [{ type: 'a' }], { type: 'b' }, {}];
    const seen = await Promise.all(
      answers.map((body) => collect(transport(() => Response.json(body)).stream(request, signal()))),
    );
    expect(seen).toEqual([
      [{ type: 'thread.item.replaced', item: { id: 'x' } }],
      [{ type: 'a' }],
      [{ type: 'b' }],
      [],
    ]);
  });

  it('that breaks off is a network failure', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new TypeError('network error'));
      },
    });
    await expect(collect(transport(() => sse(body)).stream(request, signal()))).rejects.toMatchObject({
      code: 'network',
    });
  });

  it('that stays silent for too long is given up', async () => {
    const silent = new ReadableStream<Uint8Array>({});
    const limits = { requestTimeout: 1_000, idleTimeout: 1, uploadTimeout: 1_000 };
    const sent: Fetch = (_, init) => {
      const body = silent.pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>(),
        init.signal ? { signal: init.signal } : {},
      );
      return sse(body);
    };
    await expect(collect(transport(sent, limits).stream(request, signal()))).rejects.toMatchObject({
      code: 'network',
      message: 'The chat server stopped answering',
    });
  });

  it('that the caller ends stays an abort', async () => {
    const controller = new AbortController();
    const reading = collect(transport(waiting).stream(request, controller.signal));
    controller.abort();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});
