import { Usage, type Model, type ModelRequest, type ModelResponse, type StreamEvent } from '@openai/agents';
import { OfflineModel } from '../../src/offline-model/index.js';
import { textOf } from '../../src/testing/scripted-model.js';

/** Where an answer waits until its picture is taken. */
export const HOLD = '¦';

const USAGE = { inputTokens: 900, outputTokens: 90, totalTokens: 990 };

/** Answers the questions of the pictures as a model would; what the tools of `/try` need, the offline model does. */
export class PicturedModel implements Model {
  readonly #offline = new OfflineModel({ delayMs: 0 });
  #release: () => void = () => undefined;

  /** @param answers what it says to a question, and where it waits in between */
  constructor(private readonly answers: Readonly<Record<string, string>>) {}

  /** Lets the answer that waits go on. */
  release(): void {
    this.#release();
  }

  getResponse(request: ModelRequest): Promise<ModelResponse> {
    const text = this.#answer(request);
    if (text === undefined) return this.#offline.getResponse(request);
    return Promise.resolve({ usage: new Usage(USAGE), output: textOf(text) });
  }

  async *getStreamedResponse(request: ModelRequest): AsyncGenerator<StreamEvent> {
    const text = this.#answer(request);
    if (text === undefined) {
      yield* this.#offline.getStreamedResponse(request);
      return;
    }
    yield { type: 'response_started' };
    const [first = '', ...rest] = text.split(HOLD);
    yield { type: 'output_text_delta', delta: first };
    for (const delta of rest) {
      await new Promise<void>((resolve) => {
        this.#release = resolve;
      });
      yield { type: 'output_text_delta', delta };
    }
    const output = textOf(text.replaceAll(HOLD, ''));
    yield { type: 'response_done', response: { id: 'pictured', usage: USAGE, output } };
  }

  #answer({ input }: ModelRequest): string | undefined {
    const asked = JSON.stringify(typeof input === 'string' ? input : input.at(-1));
    return Object.entries(this.answers).find(([question]) => asked.includes(question))?.[1];
  }
}
