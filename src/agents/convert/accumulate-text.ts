import type { RunStreamEvent } from '@openai/agents';
import type { WidgetComponent } from '../../chatkit/core/index.js';
import { textOf } from './text-of.js';

/** A Text or Markdown component. */
export type TextComponent = Extract<WidgetComponent, { type: 'Text' | 'Markdown' }>;

/**
 * The component as it grows with the text of another agent's run: first as given, then with the text so
 * far, at last with all of it and no longer streaming. For widgets whose text a model writes.
 */
export async function* accumulateText<T extends TextComponent>(
  events: AsyncIterable<RunStreamEvent>,
  component: T,
): AsyncGenerator<T, void, undefined> {
  let text = '';
  yield component;
  for await (const event of events) {
    if (event.type !== 'raw_model_stream_event' || event.data.type !== 'output_text_delta') continue;
    text += textOf(event.data.delta);
    yield { ...component, value: text };
  }
  yield { ...component, value: text, streaming: false };
}
