import {
  UnsupportedError,
  type AssistantMessageItem,
  type Attachment,
  type ClientToolCallItem,
  type EndOfTurnItem,
  type GeneratedImageItem,
  type HiddenContextItem,
  type SdkHiddenContextItem,
  type StructuredInputItem,
  type Task,
  type TaskItem,
  type ThreadItem,
  type UserMessageContent,
  type UserMessageItem,
  type WidgetItem,
  type WorkflowItem,
} from '../../chatkit/core/index.js';
import type { AgentInputItem } from '@openai/agents';
import { inputItems, textPart, userInput, type Converted, type InputPart } from './input-items.js';
import {
  hiddenContext,
  IMAGE,
  MENTIONS,
  QUOTED,
  askedForm,
  performedTask,
  shownWidget,
} from '../../model-text/input-texts.js';
import { widgetJson } from './widget-json.js';

type Awaitable<T> = T | Promise<T>;

/** A tag of a user message. */
export type UserMessageTag = Extract<UserMessageContent, { type: 'input_tag' }>;

/**
 * Turns items of a thread into input of the model. Extend it to change how a kind of item is told; the
 * hooks for attachments, tags and structured hidden context must be overridden where those are used.
 * Follows `ThreadItemConverter` of the reference.
 */
export class ThreadItemConverter {
  /**
   * The items, in their order, as input of a run.
   *
   * @throws UnsupportedError naming the hook to override, when an item needs one
   */
  async toAgentInput(items: ThreadItem | readonly ThreadItem[]): Promise<AgentInputItem[]> {
    const all = 'type' in items ? [items] : [...items];
    const input: AgentInputItem[] = [];
    for (const [at, item] of all.entries()) {
      input.push(...inputItems(await this.#convert(item, at === all.length - 1)));
    }
    return input;
  }

  #convert(item: ThreadItem, isLast: boolean): Awaitable<Converted> {
    switch (item.type) {
      case 'user_message':
        return this.userMessageToInput(item, isLast);
      case 'assistant_message':
        return this.assistantMessageToInput(item);
      case 'client_tool_call':
        return this.clientToolCallToInput(item);
      case 'widget':
        return this.widgetToInput(item);
      case 'workflow':
        return this.workflowToInput(item);
      case 'task':
        return this.taskToInput(item);
      case 'structured_input':
        return this.structuredInputToInput(item);
      case 'hidden_context_item':
        return this.hiddenContextToInput(item);
      case 'sdk_hidden_context':
        return this.sdkHiddenContextToInput(item);
      case 'generated_image':
        return this.generatedImageToInput(item);
      case 'end_of_turn':
        return this.endOfTurnToInput(item);
      default:
        // the store may hold what a newer version has put there
        item satisfies never;
        return undefined;
    }
  }

  /** Every text that others wrote passes here on its way into the input. Default: as it is. */
  protected text(text: string): string {
    return text;
  }

  /** @throws UnsupportedError unless overridden */
  protected attachmentToMessageContent(_attachment: Attachment): Awaitable<InputPart> {
    throw this.#mustOverride('attachmentToMessageContent', 'a user message has an attachment');
  }

  /** What a mentioned entity is. @throws UnsupportedError unless overridden */
  protected tagToMessageContent(_tag: UserMessageTag): Awaitable<InputPart> {
    throw this.#mustOverride('tagToMessageContent', 'a user message has a tag');
  }

  /**
   * The text as typed with tags as `@name`, then attachments; in messages of their own what the user
   * quoted (of the last item only) and what the tags stand for.
   */
  protected async userMessageToInput(item: UserMessageItem, isLast: boolean): Promise<Converted> {
    const words = item.content.map((part) => (part.type === 'input_tag' ? `@${part.text}` : part.text));
    const parts: InputPart[] = [textPart(this.text(words.join('')))];
    for (const attachment of item.attachments) parts.push(await this.attachmentToMessageContent(attachment));
    const input = [userInput(...parts)];
    if (item.quoted_text && isLast) input.push(userInput(textPart(QUOTED + this.text(item.quoted_text))));
    const tags = new Map<string, UserMessageTag>();
    for (const part of item.content) {
      if (part.type === 'input_tag' && !tags.has(part.text)) tags.set(part.text, part);
    }
    if (tags.size > 0) {
      const context: InputPart[] = [textPart(MENTIONS)];
      for (const tag of tags.values()) context.push(await this.tagToMessageContent(tag));
      input.push(userInput(...context));
    }
    return input;
  }

  /** The text of each part; annotations stay behind. */
  protected assistantMessageToInput({ content }: AssistantMessageItem): Awaitable<Converted> {
    const parts = content.map(({ text }) => ({ type: 'output_text' as const, text: this.text(text) }));
    return { type: 'message', role: 'assistant', status: 'completed', content: parts };
  }

  /** Call and output; nothing for a call that waits for its output. */
  protected clientToolCallToInput(item: ClientToolCallItem): Awaitable<Converted> {
    if (item.status === 'pending') return undefined;
    const { call_id: callId, name } = item;
    const output = this.text(JSON.stringify(item.output ?? null));
    return [
      { type: 'function_call', callId, name, arguments: JSON.stringify(item.arguments), status: 'completed' },
      { type: 'function_call_result', callId, name, output, status: 'completed' },
    ];
  }

  /** The widget as JSON. */
  protected widgetToInput({ id, widget }: WidgetItem): Awaitable<Converted> {
    return userInput(textPart(shownWidget(id, this.text(widgetJson(widget)))));
  }

  /** One message for each custom task that says something. */
  protected workflowToInput({ workflow }: WorkflowItem): Awaitable<Converted> {
    return workflow.tasks.flatMap((task) => this.#task(task));
  }

  /** As one task of a workflow. */
  protected taskToInput({ task }: TaskItem): Awaitable<Converted> {
    return this.#task(task);
  }

  /** The questions and what was answered. */
  protected structuredInputToInput(item: StructuredInputItem): Awaitable<Converted> {
    return userInput(textPart(this.text(askedForm(item))));
  }

  /** Text as hidden context. @throws UnsupportedError for other content, unless overridden */
  protected hiddenContextToInput({ content }: HiddenContextItem): Awaitable<Converted> {
    if (typeof content === 'string') return userInput(textPart(hiddenContext(this.text(content))));
    throw this.#mustOverride('hiddenContextToInput', 'hidden context is no text');
  }

  /** As hidden context; the server itself wrote it. */
  protected sdkHiddenContextToInput({ content }: SdkHiddenContextItem): Awaitable<Converted> {
    return userInput(textPart(hiddenContext(this.text(content))));
  }

  /** The image by its URL. Override it when the model's provider cannot reach that. */
  protected generatedImageToInput({ image }: GeneratedImageItem): Awaitable<Converted> {
    if (image === undefined) return undefined;
    return userInput(textPart(IMAGE), { type: 'input_image', image: image.url, detail: 'auto' });
  }

  /** Nothing: it concerns the client only. */
  protected endOfTurnToInput(_item: EndOfTurnItem): Awaitable<Converted> {
    return undefined;
  }

  #task(task: Task): AgentInputItem[] {
    if (task.type !== 'custom') return [];
    const text = [task.title, task.content].filter(Boolean).join(': ');
    return text === '' ? [] : [userInput(textPart(performedTask(this.text(text))))];
  }

  #mustOverride(hook: string, reason: string): UnsupportedError {
    return new UnsupportedError(`${this.constructor.name} must override ${hook}(): ${reason}`);
  }
}

const byDefault = new ThreadItemConverter();

/** The items as input of a run, by the ThreadItemConverter as it is. */
export function simpleToAgentInput(items: ThreadItem | readonly ThreadItem[]): Promise<AgentInputItem[]> {
  return byDefault.toAgentInput(items);
}
