import type { OpenAI } from 'openai';
import type { AssistantMessageContent, ThreadStreamEvent } from '../../chatkit/core/index.js';
import { LeadingThoughts, withoutThoughts } from './leading-thoughts.js';
import { part, type MessageWriter } from './message-writer.js';
import { toAnnotation, type ResponseStreamConverter } from './response-stream-converter.js';
import type { ResponsesEvent } from './responses-event.js';
import { textOf } from './text-of.js';

type Delta = OpenAI.Responses.ResponseTextDeltaEvent;
type Part = OpenAI.Responses.ResponseContentPartAddedEvent['part'];

/** Turns the messages in the events of the Responses API into events of the thread. */
export class MessageEvents {
  /** What each part that grows begins with, by its place. */
  readonly #thoughts = new Map<string, LeadingThoughts>();
  readonly #writers = new Map<string, MessageWriter>();

  constructor(
    private readonly open: (modelId: string) => MessageWriter,
    private readonly converter: ResponseStreamConverter,
  ) {}

  async convert(event: ResponsesEvent): Promise<Iterable<ThreadStreamEvent>> {
    switch (event.type) {
      case 'response.output_text.delta':
        return this.#delta(event);
      case 'response.output_item.added':
        if (event.item.type !== 'message') return [];
        return [this.#start(event.item.id).added(await this.#contents(event.item.content))];
      case 'response.content_part.added': {
        const added = await this.#content(event.part);
        if (added === undefined) return [];
        return [
          ...this.#ensure(event.item_id),
          this.#writer(event.item_id).partAdded(event.content_index, added),
        ];
      }
      case 'response.output_text.annotation.added': {
        const annotation = await toAnnotation(event.annotation, this.converter);
        if (annotation === undefined) return [];
        return [
          ...this.#ensure(event.item_id),
          ...this.#writer(event.item_id).annotation(event.content_index, annotation),
        ];
      }
      case 'response.output_text.done':
        return [
          ...this.#ensure(event.item_id),
          this.#writer(event.item_id).partDone(event.content_index, withoutThoughts(textOf(event.text))),
        ];
      case 'response.output_item.done':
        return event.item.type === 'message' ? this.#done(event.item) : [];
      case 'response.completed':
        return this.#closeAll();
      default:
        return [];
    }
  }

  *#delta({ item_id, content_index, delta }: Delta): Iterable<ThreadStreamEvent> {
    yield* this.#ensure(item_id);
    const place = `${item_id} ${content_index}`;
    const thoughts = this.#thoughts.get(place) ?? new LeadingThoughts();
    this.#thoughts.set(place, thoughts);
    const { text } = thoughts.next(textOf(delta));
    if (text !== '') yield* this.#writer(item_id).delta(content_index, text);
  }

  async #done({ id, content }: { id: string; content: readonly Part[] }): Promise<ThreadStreamEvent[]> {
    const writer = this.#writer(id);
    this.#writers.delete(id);
    return [...writer.done(await this.#contents(content))];
  }

  /** Some compatible servers never say that an item is done. */
  #closeAll(): ThreadStreamEvent[] {
    const closing: ThreadStreamEvent[] = [];
    for (const writer of this.#writers.values()) closing.push(...writer.done());
    this.#writers.clear();
    return closing;
  }

  async #content(given: Part): Promise<AssistantMessageContent | undefined> {
    switch (given.type) {
      case 'output_text': {
        const citations = given.annotations ?? [];
        const annotations = await Promise.all(citations.map((each) => toAnnotation(each, this.converter)));
        return part(
          withoutThoughts(textOf(given.text)),
          annotations.filter((annotation) => annotation !== undefined),
        );
      }
      case 'refusal':
        return part(textOf(given.refusal));
      default:
        return undefined;
    }
  }

  async #contents(given: readonly Part[]): Promise<AssistantMessageContent[]> {
    const contents = await Promise.all(given.map((each) => this.#content(each)));
    return contents.filter((converted) => converted !== undefined);
  }

  #start(modelId: string): MessageWriter {
    const writer = this.open(modelId);
    this.#writers.set(modelId, writer);
    return writer;
  }

  #writer(modelId: string): MessageWriter {
    return this.#writers.get(modelId) ?? this.#start(modelId);
  }

  /** Announces a message whose beginning the model left out. */
  *#ensure(modelId: string): Iterable<ThreadStreamEvent> {
    if (!this.#writers.has(modelId)) yield this.#start(modelId).added();
  }
}
