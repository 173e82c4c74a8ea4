import type { OpenAI } from 'openai';
import type { AssistantMessageContent, ThreadStreamEvent } from '../../chatkit/core/index.js';
import { toAnnotation } from './annotations.js';
import { part, type MessageWriter } from './message-writer.js';

type ResponsesEvent = OpenAI.Responses.ResponseStreamEvent;
type Part = OpenAI.Responses.ResponseContentPartAddedEvent['part'];

/** Whether a raw event of a model is one of the Responses API. */
export function isResponsesEvent(event: unknown): event is ResponsesEvent {
  return (
    typeof event === 'object' &&
    event !== null &&
    'type' in event &&
    typeof event.type === 'string' &&
    event.type.startsWith('response.')
  );
}

function content(given: Part): AssistantMessageContent | undefined {
  switch (given.type) {
    case 'output_text':
      return part(
        given.text,
        (given.annotations ?? []).map(toAnnotation).filter((annotation) => annotation !== undefined),
      );
    case 'refusal':
      return part(given.refusal);
    default:
      return undefined;
  }
}

function contents(given: readonly Part[]): AssistantMessageContent[] {
  return given.map(content).filter((converted) => converted !== undefined);
}

/** Turns the messages in the events of the Responses API into events of the thread. */
export class ResponsesConverter {
  readonly #open = new Map<string, MessageWriter>();

  constructor(private readonly open: (modelId: string) => MessageWriter) {}

  *convert(event: ResponsesEvent): Iterable<ThreadStreamEvent> {
    switch (event.type) {
      case 'response.output_item.added':
        if (event.item.type === 'message') {
          yield this.#start(event.item.id).added(contents(event.item.content));
        }
        break;
      case 'response.content_part.added': {
        const added = content(event.part);
        if (added === undefined) break;
        yield* this.#ensure(event.item_id);
        yield this.#writer(event.item_id).partAdded(event.content_index, added);
        break;
      }
      case 'response.output_text.delta':
        yield* this.#ensure(event.item_id);
        yield* this.#writer(event.item_id).delta(event.content_index, event.delta);
        break;
      case 'response.output_text.annotation.added': {
        const annotation = toAnnotation(event.annotation);
        if (annotation === undefined) break;
        yield* this.#ensure(event.item_id);
        yield* this.#writer(event.item_id).annotation(event.content_index, annotation);
        break;
      }
      case 'response.output_text.done':
        yield* this.#ensure(event.item_id);
        yield this.#writer(event.item_id).partDone(event.content_index, event.text);
        break;
      case 'response.output_item.done':
        if (event.item.type === 'message') {
          yield* this.#writer(event.item.id).done(contents(event.item.content));
          this.#open.delete(event.item.id);
        }
        break;
      case 'response.completed':
        // some compatible servers never say that an item is done
        for (const writer of this.#open.values()) yield* writer.done();
        this.#open.clear();
        break;
    }
  }

  #start(modelId: string): MessageWriter {
    const writer = this.open(modelId);
    this.#open.set(modelId, writer);
    return writer;
  }

  #writer(modelId: string): MessageWriter {
    return this.#open.get(modelId) ?? this.#start(modelId);
  }

  /** Announces a message whose beginning the model left out. */
  *#ensure(modelId: string): Iterable<ThreadStreamEvent> {
    if (!this.#open.has(modelId)) yield this.#start(modelId).added();
  }
}
