import { Usage, type Model, type ModelRequest, type ModelResponse, type StreamEvent } from '@openai/agents';
import { answer } from './answers.js';
import { benchDeltas, benchOrder } from './bench.js';
import { viewRequest } from './request-view.js';
import { systemScheduler, type Scheduler } from './scheduler.js';

export interface OfflineModelOptions {
  /** Milliseconds between words. Default 20. */
  readonly delayMs?: number;
  /** Whether `bench deltas=N delay=MS` in a message is obeyed. Default false. */
  readonly bench?: boolean;
  readonly scheduler?: Scheduler;
}

/** Name under which the offline model appears where a model is named. */
export const OFFLINE_MODEL = 'offline';

type Output = ModelResponse['output'];
type Done = Extract<StreamEvent, { type: 'response_done' }>['response'];

/**
 * Stands in for a model when none is configured: always gives the same answer to the same request,
 * made of what the request holds, and says that it is offline. Nothing leaves the process.
 */
export class OfflineModel implements Model {
  readonly #delayMs: number;
  readonly #bench: boolean;
  readonly #scheduler: Scheduler;

  constructor({ delayMs = 20, bench = false, scheduler = systemScheduler }: OfflineModelOptions = {}) {
    this.#delayMs = delayMs;
    this.#bench = bench;
    this.#scheduler = scheduler;
  }

  getResponse(request: ModelRequest): Promise<ModelResponse> {
    const output = message(answer(viewRequest(request)));
    return Promise.resolve({ usage: new Usage(usage(request, output)), output });
  }

  async *getStreamedResponse(request: ModelRequest): AsyncGenerator<StreamEvent, void, undefined> {
    yield { type: 'response_started' };
    let text = '';
    for await (const delta of this.#deltas(request)) {
      text += delta;
      yield { type: 'output_text_delta', delta };
    }
    const output = message(text) as Done['output'];
    yield { type: 'response_done', response: { id: OFFLINE_MODEL, usage: usage(request, output), output } };
  }

  #deltas(request: ModelRequest): AsyncIterable<string> {
    const view = viewRequest(request);
    const order = this.#bench ? benchOrder(view.question) : undefined;
    if (order !== undefined) return benchDeltas(order, this.#scheduler, request.signal);
    return this.#words(answer(view), request.signal);
  }

  async *#words(text: string, signal: AbortSignal | undefined): AsyncGenerator<string, void, undefined> {
    for (const word of text.match(/\s*\S+\s*/g) ?? []) {
      await this.#scheduler.sleep(this.#delayMs, signal);
      yield word;
    }
  }
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
