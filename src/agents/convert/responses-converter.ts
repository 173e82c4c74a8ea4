import type { ThreadStreamEvent } from '../../chatkit/core/index.js';
import type { AgentContext } from '../run/agent-context.js';
import type { Converted } from './converted.js';
import { ImageEvents } from './image-events.js';
import { MessageEvents } from './message-events.js';
import type { MessageWriter } from './message-writer.js';
import { ReasoningEvents } from './reasoning-events.js';
import type { ResponsesEvent } from './responses-event.js';
import type { ResponseStreamConverter } from './response-stream-converter.js';

/** Turns the events of the Responses API into events of the thread. */
export class ResponsesConverter {
  readonly #messages: MessageEvents;
  readonly #images: ImageEvents;
  readonly #reasoning: ReasoningEvents;

  constructor(
    context: AgentContext<unknown>,
    open: (modelId: string) => MessageWriter,
    converter: ResponseStreamConverter,
  ) {
    this.#messages = new MessageEvents(open, converter);
    this.#images = new ImageEvents(context, converter);
    this.#reasoning = new ReasoningEvents(context);
  }

  /** A model that tells nothing finer has begun to think. */
  thinking(): ThreadStreamEvent[] {
    return this.#reasoning.begin();
  }

  convert(event: ResponsesEvent): Converted {
    // most events are this one
    if (event.type === 'response.output_text.delta') return this.#messages.delta(event);
    switch (kindOf(event)) {
      case 'image':
        return this.#images.convert(event);
      case 'reasoning':
        return this.#reasoning.convert(event);
      default:
        return this.#messages.convert(event);
    }
  }
}

function kindOf(event: ResponsesEvent): 'image' | 'reasoning' | 'message' {
  if ('item' in event) {
    if (event.item.type === 'image_generation_call') return 'image';
    return event.item.type === 'reasoning' ? 'reasoning' : 'message';
  }
  if (event.type.startsWith('response.image_generation_call.')) return 'image';
  return event.type.startsWith('response.reasoning_summary_text.') ? 'reasoning' : 'message';
}
