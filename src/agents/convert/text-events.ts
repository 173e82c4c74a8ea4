import type { AgentOutputItem, StreamEvent } from '@openai/agents';
import type { ThreadStreamEvent } from '../../chatkit/core/index.js';
import { withoutThoughts } from './leading-thoughts.js';
import { part, type MessageWriter } from './message-writer.js';
import { textOf } from './text-of.js';

type Done = Extract<StreamEvent, { type: 'response_done' }>;

function saidIn(item: AgentOutputItem): string {
  if (item.type !== 'message' || typeof item.content === 'string') return '';
  return item.content
    .map((given) =>
      given.type === 'output_text'
        ? withoutThoughts(textOf(given.text))
        : given.type === 'refusal'
          ? textOf(given.refusal)
          : '',
    )
    .join('');
}

function refusalOf(item: AgentOutputItem): string {
  if (item.type !== 'message' || typeof item.content === 'string') return '';
  return item.content.map((given) => (given.type === 'refusal' ? textOf(given.refusal) : '')).join('');
}

/**
 * Turns the events that every model of the agents SDK gives, a text that grows and the response at its
 * end, into events of the thread. For models that give nothing finer.
 */
export class TextConverter {
  #writer: MessageWriter | undefined;

  constructor(private readonly open: () => MessageWriter) {}

  /** Whether a text has begun that is not complete. */
  get isOpen(): boolean {
    return this.#writer !== undefined;
  }

  delta(delta: string): readonly ThreadStreamEvent[] {
    if (this.#writer !== undefined) return this.#writer.delta(0, delta);
    this.#writer = this.open();
    return [this.#writer.added(), ...this.#writer.delta(0, delta)];
  }

  done({ response }: Done): readonly ThreadStreamEvent[] {
    const writer = this.#writer;
    this.#writer = undefined;
    if (writer !== undefined) {
      const refusal = response.output.map(refusalOf).join('');
      const refused = refusal === '' ? [] : [writer.partAdded(1, part('')), writer.partDone(1, refusal)];
      return [...refused, ...writer.done()];
    }
    // a model that does not stream, or a refusal, which has no deltas
    const text = response.output.map(saidIn).join('\n').trim();
    return text === '' ? [] : whole(this.open(), text);
  }
}

function whole(writer: MessageWriter, text: string): readonly ThreadStreamEvent[] {
  return [
    writer.added(),
    writer.partAdded(0, part('')),
    writer.partDone(0, text),
    ...writer.done([part(text)]),
  ];
}
