import type {
  Model,
  ModelRequest,
  ModelResponse,
  ModelRetryAdvice,
  ModelRetryAdviceRequest,
  StreamEvent,
} from '@openai/agents';
import { CutAnswer } from './cut-answer.js';

/** Reasons to finish at which something of the answer is missing. */
const CUT = new Set(['length', 'content_filter', 'error']);

/**
 * A model behind Chat Completions whose answers are whole. There a stream that was cut off looks like one
 * that is complete: only the reason of its last piece tells, and the SDK does not ask for it.
 */
export class WholeAnswers implements Model {
  constructor(private readonly inner: Model) {}

  getResponse(request: ModelRequest): Promise<ModelResponse> {
    return this.inner.getResponse(request);
  }

  /** @throws CutAnswer after everything that came, when that is not all of it */
  async *getStreamedResponse(request: ModelRequest): AsyncGenerator<StreamEvent, void, undefined> {
    let reason: string | undefined;
    for await (const event of this.inner.getStreamedResponse(request)) {
      if (event.type === 'model') reason = finishReason(event.event) ?? reason;
      yield event;
    }
    if (reason === undefined || CUT.has(reason)) {
      throw new CutAnswer(reason);
    }
  }

  getRetryAdvice(
    args: ModelRetryAdviceRequest,
  ): Promise<ModelRetryAdvice | undefined> | ModelRetryAdvice | undefined {
    return this.inner.getRetryAdvice?.(args);
  }
}

interface Chunk {
  readonly choices?: readonly { readonly finish_reason?: string | null }[];
}

function finishReason(chunk: unknown): string | undefined {
  return (chunk as Chunk).choices?.[0]?.finish_reason ?? undefined;
}
