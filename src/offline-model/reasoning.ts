import type { StreamEvent } from '@openai/agents';
import type { RequestView } from './request-view.js';

const REASONING = 'reasoning';
const MESSAGE = 'message';

/** Whether the user wants to see the model think. */
export function isAskedToThink({ question }: RequestView): boolean {
  return /\bthink(?:ing)?\b/i.test(question);
}

/** What the model says about its thinking, one thought after the other. */
export function thoughts({ question, page }: RequestView): string[] {
  const words = question.split(/\s+/).length;
  return [
    `The question has ${words} words. I look for something in it that I know.`,
    `The portal has told me ${page.size === 0 ? 'nothing' : `${page.size} things`} about the page. No model is there to think further.`,
  ];
}

/** One word of a thought, or of the answer after it, as the Responses API tells of it. */
export interface ThoughtWord {
  readonly thought?: number;
  readonly delta: string;
}

/** The stream of an answer with reasoning, in the events of the Responses API. */
export async function* reasoningEvents(
  words: AsyncIterable<ThoughtWord>,
  summary: readonly string[],
): AsyncGenerator<StreamEvent, void, undefined> {
  yield raw('output_item.added', {
    output_index: 0,
    item: { type: 'reasoning', id: REASONING, summary: [] },
  });
  let finished = 0;
  const finish = function* (before: number): Iterable<StreamEvent> {
    for (; finished < before; finished++) {
      const place = { item_id: REASONING, summary_index: finished, text: summary[finished] };
      yield raw('reasoning_summary_text.done', place);
    }
  };
  for await (const { thought, delta } of words) {
    yield* finish(thought ?? summary.length);
    yield thought === undefined
      ? raw('output_text.delta', { item_id: MESSAGE, content_index: 0, delta })
      : raw('reasoning_summary_text.delta', { item_id: REASONING, summary_index: thought, delta });
  }
  yield raw('completed', {});
}

function raw(type: string, fields: object): StreamEvent {
  return { type: 'model', event: { type: `response.${type}`, ...fields } };
}
