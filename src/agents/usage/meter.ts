import type { StreamEvent, Usage } from '@openai/agents';
import type { AnswerUsage } from './answer-usage.js';

type Figures = Pick<
  AnswerUsage,
  'requests' | 'inputTokens' | 'cachedInputTokens' | 'outputTokens' | 'firstTokenMs' | 'durationMs'
>;
type Done = Extract<StreamEvent, { type: 'response_done' }>['response']['usage'];

/** Counts what one answer costs, from the moment it is made. */
export class Meter {
  readonly #begun: number;
  #firstToken: number | undefined;
  #requests = 0;
  #inputTokens = 0;
  #cachedInputTokens = 0;
  #outputTokens = 0;

  /** @param now milliseconds that only go forward */
  constructor(private readonly now: () => number = () => performance.now()) {
    this.#begun = now();
  }

  /** The model is asked. */
  asked(): void {
    this.#requests += 1;
  }

  /** The model has sent an event of its answer. */
  received(event: StreamEvent): void {
    if (event.type === 'output_text_delta') this.#firstToken ??= this.now();
    else if (event.type === 'response_done') this.answered(event.response.usage);
  }

  /** The model has answered in full. */
  answered({ inputTokens, outputTokens, inputTokensDetails = [] }: Usage | Done): void {
    this.#inputTokens += inputTokens;
    this.#outputTokens += outputTokens;
    for (const details of [inputTokensDetails].flat())
      this.#cachedInputTokens += details['cached_tokens'] ?? 0;
  }

  /** What has come together by now. */
  figures(): Figures {
    const since = (moment: number): number => Math.round(moment - this.#begun);
    return {
      requests: this.#requests,
      inputTokens: this.#inputTokens,
      cachedInputTokens: this.#cachedInputTokens,
      outputTokens: this.#outputTokens,
      firstTokenMs: this.#firstToken === undefined ? undefined : since(this.#firstToken),
      durationMs: since(this.now()),
    };
  }
}
