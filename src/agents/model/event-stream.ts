import OpenAI, { APIError } from 'openai';
import type { APIPromise } from 'openai/api-promise';
import { Stream } from 'openai/streaming';
import { EventLines } from './event-lines.js';

type Event = OpenAI.Responses.ResponseStreamEvent;
type Params = OpenAI.Responses.ResponseCreateParams;
type Options = OpenAI.RequestOptions;

/** The Responses API, whose streams are read with less work for each delta than the client takes for it. */
export class StreamedResponses extends OpenAI.Responses {
  override create(
    body: OpenAI.Responses.ResponseCreateParamsNonStreaming,
    options?: Options,
  ): APIPromise<OpenAI.Responses.Response>;
  override create(
    body: OpenAI.Responses.ResponseCreateParamsStreaming,
    options?: Options,
  ): APIPromise<Stream<Event>>;
  override create(body: Params, options?: Options): APIPromise<Stream<Event> | OpenAI.Responses.Response>;
  override create(body: Params, options?: Options): APIPromise<Stream<Event> | OpenAI.Responses.Response> {
    return super.create(body, { ...options, __streamClass: EventStream });
  }
}

/** Events as they come in, several at a time. */
class EventStream<Item> extends Stream<Item> {
  static override fromSSEResponse<Item>(response: Response, controller: AbortController): Stream<Item> {
    return new Stream(() => events<Item>(response, controller), controller);
  }
}

/**
 * The events until the stream ends, or `[DONE]`. Quiet when its request was aborted, which leaving it early does.
 *
 * @throws APIError when the provider says that it has failed, and SyntaxError at what is no JSON
 */
async function* events<Item>(
  { body, headers }: Response,
  controller: AbortController,
): AsyncGenerator<Item, void, undefined> {
  if (body === null) throw new TypeError('A stream without a body');
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const lines = new EventLines();
  const { signal } = controller;
  const leave = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', leave, { once: true });
  let isOver = false;
  try {
    while (!isOver) {
      const { done, value } = await reader.read();
      if (signal.aborted) return;
      // an event without the empty line behind it was told as well
      const text = done ? `${decoder.decode()}\n\n` : decoder.decode(value, { stream: true });
      isOver = done;
      for (const { event, data } of lines.feed(text)) {
        if (data === '[DONE]') return;
        yield itemOf(event, data, headers) as Item;
      }
    }
  } catch (error) {
    if (!(error instanceof APIError) && signal.aborted) return;
    throw error;
  } finally {
    if (!isOver) controller.abort();
    signal.removeEventListener('abort', leave);
  }
}

function itemOf(event: string | undefined, data: string, headers: Headers): unknown {
  const item = JSON.parse(data) as { readonly error?: object };
  if (event === 'error' || item.error) throw new APIError(undefined, item.error ?? item, undefined, headers);
  return item;
}
