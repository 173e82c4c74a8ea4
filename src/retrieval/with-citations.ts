import type {
  AssistantMessageContent,
  AssistantMessageItem,
  ThreadItemUpdate,
  ThreadStreamEvent,
} from '../chatkit/core/index.js';
import { CitedPart, type NextOfPart } from './cited-part.js';
import type { Passage } from './retriever.js';

/**
 * The events of an answer with the markers of citations as annotations: numbers of passages lead to their
 * sources, others are dropped. What is stored at the end is what was shown.
 */
export async function* withCitations(
  events: AsyncIterable<ThreadStreamEvent>,
  passages: readonly Passage[],
): AsyncGenerator<ThreadStreamEvent, void, undefined> {
  const messages = new Map<string, CitedMessage>();
  for await (const event of events) {
    if (event.type === 'thread.item.updated') {
      const message = messages.get(event.item_id);
      if (message === undefined) yield event;
      else for (const update of message.update(event.update)) yield { ...event, update };
    } else if (event.type === 'thread.item.added' && event.item.type === 'assistant_message') {
      const message = new CitedMessage(passages);
      messages.set(event.item.id, message);
      yield { ...event, item: message.begun(event.item) };
    } else if (event.type === 'thread.item.done' && event.item.type === 'assistant_message') {
      const message = messages.get(event.item.id) ?? new CitedMessage(passages);
      messages.delete(event.item.id);
      yield { ...event, item: message.done(event.item) };
    } else yield event;
  }
}

class CitedMessage {
  readonly #parts: CitedPart[] = [];

  constructor(private readonly passages: readonly Passage[]) {}

  begun({ content, ...item }: AssistantMessageItem): AssistantMessageItem {
    return { ...item, content: content.map((part, index) => this.#begin(index, part)) };
  }

  done({ content, ...item }: AssistantMessageItem): AssistantMessageItem {
    return { ...item, content: content.map((part, index) => this.#part(index).finished(part)) };
  }

  *update(update: ThreadItemUpdate): Iterable<ThreadItemUpdate> {
    switch (update.type) {
      case 'assistant_message.content_part.text_delta':
        yield* this.#show(update.content_index, this.#part(update.content_index).push(update.delta));
        break;
      case 'assistant_message.content_part.annotation_added': {
        const part = this.#part(update.content_index);
        const annotation_index = part.count;
        yield { ...update, annotation: part.annotated(update.annotation), annotation_index };
        break;
      }
      case 'assistant_message.content_part.added':
        yield { ...update, content: this.#begin(update.content_index, update.content) };
        break;
      case 'assistant_message.content_part.done': {
        const part = this.#part(update.content_index);
        yield* this.#show(update.content_index, part.end());
        // the annotations come with the finished message
        const { text } = part.finished(update.content);
        yield { ...update, content: { ...update.content, text } };
        break;
      }
      case 'generated_image.updated':
      case 'widget.component.updated':
      case 'widget.root.updated':
      case 'widget.streaming_text.value_delta':
      case 'workflow.task.added':
      case 'workflow.task.updated':
        yield update;
        break;
      default:
        yield update satisfies never;
    }
  }

  *#show(content_index: number, { text, annotations }: NextOfPart): Iterable<ThreadItemUpdate> {
    if (text !== '') {
      yield { type: 'assistant_message.content_part.text_delta', content_index, delta: text };
    }
    const first = this.#part(content_index).count - annotations.length;
    for (const [index, annotation] of annotations.entries()) {
      yield {
        type: 'assistant_message.content_part.annotation_added',
        content_index,
        annotation_index: first + index,
        annotation,
      };
    }
  }

  #begin(index: number, content: AssistantMessageContent): AssistantMessageContent {
    const part = this.#part(index);
    const given = content.annotations.map((annotation) => part.annotated(annotation));
    const { text, annotations } = part.push(content.text);
    return { ...content, text, annotations: [...given, ...annotations] };
  }

  #part(index: number): CitedPart {
    return (this.#parts[index] ??= new CitedPart(this.passages));
  }
}
