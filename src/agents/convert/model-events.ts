import type { StreamEvent } from '@openai/agents';
import type { ThreadStreamEvent } from '../../chatkit/core/index.js';
import type { AgentContext } from '../run/agent-context.js';
import { LeadingThoughts } from './leading-thoughts.js';
import type { MessageWriter } from './message-writer.js';
import type { ResponseStreamConverter } from './response-stream-converter.js';
import { isResponsesEvent } from './responses-event.js';
import { ResponsesConverter } from './responses-converter.js';
import { textOf } from './text-of.js';
import { TextConverter } from './text-events.js';

/** Turns the events of any model into events of the thread, each thing said once. */
export class ModelEvents {
  readonly #responses: ResponsesConverter;
  readonly #text: TextConverter;
  #thoughts = new LeadingThoughts();
  /** Whether the current response comes in events of the Responses API, which repeat in the SDK's own. */
  #detailed = false;

  constructor(
    context: AgentContext<unknown>,
    open: (modelId?: string) => MessageWriter,
    converter: ResponseStreamConverter,
  ) {
    this.#responses = new ResponsesConverter(context, open, converter);
    this.#text = new TextConverter(open);
  }

  #said(delta: string): Iterable<ThreadStreamEvent> {
    const { thoughts, text } = this.#thoughts.next(delta);
    const thinking = thoughts === '' ? [] : this.#responses.thinking();
    return text === '' ? thinking : [...thinking, ...this.#text.delta(text)];
  }

  async convert(event: StreamEvent): Promise<Iterable<ThreadStreamEvent>> {
    switch (event.type) {
      case 'response_started':
        this.#detailed = false;
        this.#thoughts = new LeadingThoughts();
        return [];
      case 'model':
        if (!isResponsesEvent(event.event)) {
          return !this.#text.isOpen && isThought(event.event) ? this.#responses.thinking() : [];
        }
        this.#detailed = true;
        return this.#responses.convert(event.event);
      case 'output_text_delta':
        if (this.#detailed || isResponsesEvent(event.providerData)) return [];
        return this.#said(textOf(event.delta));
      case 'response_done': {
        if (this.#detailed) return [];
        const rest = this.#thoughts.end();
        this.#thoughts = new LeadingThoughts();
        return [...(rest === '' ? [] : this.#text.delta(rest)), ...this.#text.done(event)];
      }
      default:
        return [];
    }
  }
}

interface Chunk {
  readonly choices?: readonly {
    readonly delta?: { readonly reasoning?: unknown; readonly reasoning_content?: unknown };
  }[];
}

/** Whether a piece of Chat Completions holds thoughts, as some providers tell them. They are not shown. */
function isThought(chunk: unknown): boolean {
  const delta = (chunk as Chunk | undefined)?.choices?.[0]?.delta;
  return Boolean(delta?.reasoning || delta?.reasoning_content);
}
