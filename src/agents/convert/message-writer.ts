import type {
  Annotation,
  AssistantMessageContent,
  AssistantMessageItem,
  ThreadItemUpdate,
  ThreadStreamEvent,
} from '../../chatkit/core/index.js';
import { GrowingText } from '../../chatkit/core/stream/growing-text.js';
import { TextDelta } from '../../chatkit/core/stream/shown-text.js';
import type { AgentContext } from '../run/agent-context.js';

/** The events of one assistant message, in order, whatever the model leaves out. */
export class MessageWriter {
  readonly #parts: AssistantMessageContent[] = [];
  /** Of parts that grow; what a part says itself is what it had before. */
  readonly #texts = new Map<number, GrowingText>();
  readonly #announced = new Set<number>();
  readonly #finished = new Set<number>();
  readonly #createdAt: string;

  constructor(
    readonly id: string,
    private readonly context: AgentContext<unknown>,
  ) {
    this.#createdAt = context.now();
  }

  added(content: AssistantMessageContent[] = []): ThreadStreamEvent {
    return { type: 'thread.item.added', item: this.#item(content) };
  }

  partAdded(index: number, content: AssistantMessageContent): ThreadStreamEvent {
    this.#announced.add(index);
    this.#parts[index] = { ...content, annotations: [...content.annotations] };
    this.#texts.delete(index);
    return this.#update({ type: 'assistant_message.content_part.added', content_index: index, content });
  }

  delta(index: number, delta: string): readonly ThreadStreamEvent[] {
    const added = this.#announce(index);
    const text = this.#texts.get(index) ?? new GrowingText(this.#part(index).text);
    this.#texts.set(index, text);
    const said = this.#update(new TextDelta(index, delta, text));
    return added === undefined ? [said] : [added, said];
  }

  annotation(index: number, annotation: Annotation): readonly ThreadStreamEvent[] {
    const added = this.#announce(index);
    const { annotations } = this.#part(index);
    annotations.push(annotation);
    const annotated = this.#update({
      type: 'assistant_message.content_part.annotation_added',
      content_index: index,
      annotation_index: annotations.length - 1,
      annotation,
    });
    return added === undefined ? [annotated] : [added, annotated];
  }

  /** The part's text is complete; its annotations come with the finished message. */
  partDone(index: number, text: string): ThreadStreamEvent {
    this.#part(index).text = text;
    this.#texts.delete(index);
    this.#finished.add(index);
    return this.#update({
      type: 'assistant_message.content_part.done',
      content_index: index,
      content: part(text),
    });
  }

  /** The finished message; without `content`, what was written so far, its open parts closed. */
  done(content?: AssistantMessageContent[]): readonly ThreadStreamEvent[] {
    for (const [index, text] of this.#texts) this.#part(index).text = text.toString();
    const open =
      content === undefined ? [...this.#announced].filter((index) => !this.#finished.has(index)) : [];
    const closed = open.map((index) => this.partDone(index, this.#part(index).text));
    const final = content ?? this.#parts.filter((given) => given !== undefined);
    return [...closed, { type: 'thread.item.done', item: this.#item(final) }];
  }

  /** The beginning of a part that the model left out. */
  #announce(index: number): ThreadStreamEvent | undefined {
    return this.#announced.has(index) ? undefined : this.partAdded(index, part(''));
  }

  #part(index: number): AssistantMessageContent {
    return (this.#parts[index] ??= part(''));
  }

  #update(update: ThreadItemUpdate): ThreadStreamEvent {
    return { type: 'thread.item.updated', item_id: this.id, update };
  }

  #item(content: AssistantMessageContent[]): AssistantMessageItem {
    return {
      id: this.id,
      thread_id: this.context.thread.id,
      created_at: this.#createdAt,
      type: 'assistant_message',
      content,
    };
  }
}

/** A part of a message. */
export function part(text: string, annotations: Annotation[] = []): AssistantMessageContent {
  return { type: 'output_text', text, annotations };
}
