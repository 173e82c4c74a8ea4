import { Usage, type Model, type ModelRequest, type ModelResponse, type StreamEvent } from '@openai/agents';
import { systemClock, type Clock } from '../common/clock.js';
import { answer, briefAnswer, refusalOf } from './answers.js';
import { benchDeltas, benchOrder } from './bench.js';
import { isAskedToThink, reasoningEvents, thoughts, type ThoughtWord } from './reasoning.js';
import { viewRequest, type RequestView } from './request-view.js';
import { nextCall } from './tool-choice.js';

export interface OfflineModelOptions {
  /** Milliseconds between words. Default 20. */
  readonly delayMs?: number;
  /** Whether `bench deltas=N delay=MS` in a message is obeyed. Default false. */
  readonly bench?: boolean;
  /** Whether answers are one paragraph long. Default false. */
  readonly brief?: boolean;
  readonly clock?: Clock;
}

/** Name under which the offline model appears where a model is named. */
export const OFFLINE_MODEL = 'offline';

type Output = ModelResponse['output'];
type Done = Extract<StreamEvent, { type: 'response_done' }>['response'];

/**
 * Stands in for a model when none is configured: always gives the same answer to the same request,
 * made of what the request holds, and says that it is offline. It calls the tools that the question names,
 * thinks and refuses when asked to. Nothing leaves the process.
 */
export class OfflineModel implements Model {
  readonly #delayMs: number;
  readonly #bench: boolean;
  readonly #answer: (view: RequestView) => string;
  readonly #clock: Clock;

  constructor({ delayMs = 20, bench = false, brief = false, clock = systemClock }: OfflineModelOptions = {}) {
    this.#delayMs = delayMs;
    this.#bench = bench;
    this.#answer = brief ? briefAnswer : answer;
    this.#clock = clock;
  }

  getResponse(request: ModelRequest): Promise<ModelResponse> {
    const view = viewRequest(request);
    const output = spoken(request, view) ?? message(this.#answer(view));
    return Promise.resolve({ usage: new Usage(usage(request, output)), output });
  }

  async *getStreamedResponse(request: ModelRequest): AsyncGenerator<StreamEvent, void, undefined> {
    yield { type: 'response_started' };
    const view = viewRequest(request);
    const output = spoken(request, view) ?? message(yield* this.#text(request, view));
    const response = { id: OFFLINE_MODEL, usage: usage(request, output), output: output as Done['output'] };
    yield { type: 'response_done', response };
  }

  /** Streams the answer and returns it as a whole. */
  async *#text(request: ModelRequest, view: RequestView): AsyncGenerator<StreamEvent, string, undefined> {
    if (isAskedToThink(view)) {
      const summary = thoughts(view);
      yield* reasoningEvents(this.#thinking(view, summary, request.signal), summary);
      return this.#answer(view);
    }
    let text = '';
    for await (const delta of this.#deltas(request, view)) {
      text += delta;
      yield { type: 'output_text_delta', delta };
    }
    return text;
  }

  #deltas(request: ModelRequest, view: RequestView): AsyncIterable<string> {
    const order = this.#bench ? benchOrder(view.question) : undefined;
    if (order !== undefined) return benchDeltas(order, this.#clock, request.signal);
    return this.#words(this.#answer(view), request.signal);
  }

  async *#thinking(
    view: RequestView,
    summary: readonly string[],
    signal: AbortSignal | undefined,
  ): AsyncGenerator<ThoughtWord, void, undefined> {
    for (const [thought, text] of summary.entries()) {
      for await (const delta of this.#words(text, signal)) yield { thought, delta };
    }
    for await (const delta of this.#words(this.#answer(view), signal)) yield { delta };
  }

  async *#words(text: string, signal: AbortSignal | undefined): AsyncGenerator<string, void, undefined> {
    for (const word of text.match(/\S+\s*|^\s+/g) ?? []) {
      await this.#clock.sleep(this.#delayMs, signal);
      signal?.throwIfAborted();
      yield word;
    }
  }
}

/** What is given at once: a call of a tool, or a refusal. */
function spoken(request: ModelRequest, view: RequestView): Output | undefined {
  const call = nextCall(request, view);
  if (call !== undefined) return [call];
  const refusal = refusalOf(view);
  if (refusal === undefined) return undefined;
  const content = [{ type: 'refusal' as const, refusal }];
  return [{ type: 'message', role: 'assistant', status: 'completed', content }];
}

function message(text: string): Output {
  return [
    { type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text }] },
  ];
}

/** Four characters count as a token, the usual rule of thumb. */
function usage(
  { systemInstructions = '', input }: ModelRequest,
  output: Output,
): Record<'inputTokens' | 'outputTokens' | 'totalTokens', number> {
  const inputTokens = Math.ceil((systemInstructions.length + JSON.stringify(input).length) / 4);
  const outputTokens = Math.ceil(JSON.stringify(output).length / 4);
  return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens };
}
