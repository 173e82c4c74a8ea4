import type { StreamEvent } from '@openai/agents';
import type { ThreadStreamEvent } from '../../chatkit/core/index.js';
import type { AgentContext } from '../run/agent-context.js';
import { LeadingThoughts } from './leading-thoughts.js';
import type { MessageWriter } from './message-writer.js';
import type { ResponseStreamConverter } from './response-stream-converter.js';
import { isResponsesEvent } from './responses-event.js';
import { ResponsesConverter } from './responses-converter.js';
import { NOTHING, type Converted } from './converted.js';
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

  convert(event: StreamEvent): Converted {
    switch (event.type) {
      case 'response_started':
        this.#detailed = false;
        this.#thoughts = new LeadingThoughts();
        return NOTHING;
      case 'model':
        if (!isResponsesEvent(event.event)) {
          return !this.#text.isOpen && isThought(event.event) ? this.#responses.thinking() : NOTHING;
        }
        this.#detailed = true;
        return this.#responses.convert(event.event);
      case 'output_text_delta':
        if (this.#detailed || isResponsesEvent(event.providerData)) return NOTHING;
        return this.#said(textOf(event.delta));
      case 'response_done': {
        if (this.#detailed) return NOTHING;
        const rest = this.#thoughts.end();
        this.#thoughts = new LeadingThoughts();
        return [...(rest === '' ? NOTHING : this.#text.delta(rest)), ...this.#text.done(event)];
      }
      default:
        return NOTHING;
    }
  }

  #said(delta: string): readonly ThreadStreamEvent[] {
    if (this.#thoughts.isPast) return this.#text.delta(delta);
    const { thoughts, text } = this.#thoughts.next(delta);
    const thinking = thoughts === '' ? NOTHING : this.#responses.thinking();
    return text === '' ? thinking : [...thinking, ...this.#text.delta(text)];
  }
}

/**
 * Whether anything is made of an event. The SDK repeats each delta of the Responses API in one of its own, and gives each
 * piece of Chat Completions beside its delta: one of the two says nothing more.
 */
export function isTold(event: StreamEvent): boolean {
  if (event.type === 'output_text_delta') return !isResponsesEvent(event.providerData);
  return event.type !== 'model' || isResponsesEvent(event.event) || isThought(event.event);
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
