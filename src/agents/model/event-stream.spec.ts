import OpenAI, { APIError } from 'openai';
import { StreamedResponses } from './event-stream.js';

type Body = ConstructorParameters<typeof Response>[0];

const DELTA = { type: 'response.output_text.delta', delta: 'Grüße, 世界 😀' };
const DONE = { type: 'response.completed' };

function clientOf(body: Body): OpenAI {
  const client = new OpenAI({
    apiKey: 'sk-test',
    baseURL: 'http://model.test/v1',
    logLevel: 'off',
    maxRetries: 0,
    fetch: async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
  });
  client.responses = new StreamedResponses(client);
  return client;
}

async function told(body: Body): Promise<object[]> {
  const stream = await clientOf(body).responses.create({ model: 'm', input: 'hi', stream: true });
  const events: object[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

function inPieces(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
}

const line = (event: object): string => `data: ${JSON.stringify(event)}`;

describe('A stream of the Responses API', () => {
  it.each([
    ['lines end with a line feed', '\n'],
    ['lines end with both', '\r\n'],
    ['lines end with a carriage return', '\r'],
  ])('is told whole however it is cut where %s', async (_what, end) => {
    const text = [': hello', 'event: delta', line(DELTA), '', line(DONE), '', ''].join(end);
    for (const size of [1, 2, 3, 7, 1000]) expect(await told(inPieces(text, size))).toEqual([DELTA, DONE]);
  });

  it('tells an event without the empty line behind it', async () => {
    expect(await told(`${line(DELTA)}\n\n${line(DONE)}`)).toEqual([DELTA, DONE]);
  });

  it('ends with what is marked as the end', async () => {
    expect(await told(`${line(DELTA)}\n\ndata: [DONE]\n\n${line(DONE)}\n\n`)).toEqual([DELTA]);
  });

  it.each([
    ['by its name', 'event: error\ndata: {"code":"server_error","message":"no"}\n\n'],
    ['by a field', 'data: {"error":{"code":"server_error","message":"no"}}\n\n'],
  ])('fails with what the provider says %s', async (_how, text) => {
    await expect(told(text)).rejects.toMatchObject({ name: 'Error', code: 'server_error' });
    await expect(told(text)).rejects.toBeInstanceOf(APIError);
  });

  it('fails at what is no JSON', async () => {
    await expect(told('data: {"a":\n\n')).rejects.toBeInstanceOf(SyntaxError);
    await expect(told(null)).rejects.toThrow('without a body');
  });

  it('has the request ended by a reader who leaves early, and is quiet when it was ended', async () => {
    let cancelled = 0;
    const endless = (): ReadableStream<Uint8Array> =>
      new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode(`${line(DELTA)}\n\n`)),
        cancel: () => void (cancelled += 1),
      });
    const ask = { model: 'm', input: 'hi', stream: true } as const;
    const left = await clientOf(endless()).responses.create(ask);
    for await (const event of left) {
      expect(event).toEqual(DELTA);
      break;
    }
    expect(left.controller.signal.aborted).toBe(true);
    expect(cancelled).toBe(1);
    const ended = await clientOf(endless()).responses.create(ask);
    const events: object[] = [];
    for await (const event of ended) {
      events.push(event);
      ended.controller.abort();
    }
    expect(events).toEqual([DELTA]);
    expect(cancelled).toBe(2);
  });
});
