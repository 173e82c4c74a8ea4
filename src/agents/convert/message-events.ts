import type { OpenAI } from 'openai';
import type { AssistantMessageContent, ThreadStreamEvent } from '../../chatkit/core/index.js';
import { NOTHING } from './converted.js';
import { LeadingThoughts, withoutThoughts } from './leading-thoughts.js';
import { part, type MessageWriter } from './message-writer.js';
import { toAnnotation, type ResponseStreamConverter } from './response-stream-converter.js';
import type { ResponsesEvent } from './responses-event.js';
import { textOf } from './text-of.js';

type Delta = OpenAI.Responses.ResponseTextDeltaEvent;
type Part = OpenAI.Responses.ResponseContentPartAddedEvent['part'];

/** A message that is being written. */
interface Written {
  readonly writer: MessageWriter;
  /** What each of its parts begins with. */
  readonly thoughts: LeadingThoughts[];
}

/** Turns the messages in the events of the Responses API into events of the thread. */
export class MessageEvents {
  readonly #written = new Map<string, Written>();

  constructor(
    private readonly open: (modelId: string) => MessageWriter,
    private readonly converter: ResponseStreamConverter,
  ) {}

  delta({ item_id, content_index, delta }: Delta): readonly ThreadStreamEvent[] {
    const known = this.#written.get(item_id);
    const { writer, thoughts } = known ?? this.#start(item_id);
    const beginning = (thoughts[content_index] ??= new LeadingThoughts());
    const given = textOf(delta);
    const text = beginning.isPast ? given : beginning.next(given).text;
    const said = text === '' ? NOTHING : writer.delta(content_index, text);
    return known === undefined ? [writer.added(), ...said] : said;
  }

  /** Everything but deltas. */
  async convert(event: ResponsesEvent): Promise<readonly ThreadStreamEvent[]> {
    switch (event.type) {
      case 'response.output_item.added':
        if (event.item.type !== 'message') return [];
        return [this.#start(event.item.id).writer.added(await this.#contents(event.item.content))];
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

  async #done({
    id,
    content,
  }: {
    id: string;
    content: readonly Part[];
  }): Promise<readonly ThreadStreamEvent[]> {
    const writer = this.#writer(id);
    this.#written.delete(id);
    return writer.done(await this.#contents(content));
  }

  /** Some compatible servers never say that an item is done. */
  #closeAll(): ThreadStreamEvent[] {
    const closing: ThreadStreamEvent[] = [];
    for (const { writer } of this.#written.values()) closing.push(...writer.done());
    this.#written.clear();
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

  #start(modelId: string): Written {
    const written: Written = { writer: this.open(modelId), thoughts: [] };
    this.#written.set(modelId, written);
    return written;
  }

  #writer(modelId: string): MessageWriter {
    return (this.#written.get(modelId) ?? this.#start(modelId)).writer;
  }

  /** Announces a message whose beginning the model left out. */
  #ensure(modelId: string): readonly ThreadStreamEvent[] {
    return this.#written.has(modelId) ? NOTHING : [this.#start(modelId).writer.added()];
  }
}
