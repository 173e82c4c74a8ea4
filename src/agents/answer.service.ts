import { Inject, Injectable, Logger } from '@nestjs/common';
import { Agent, Runner, type Model } from '@openai/agents';
import { StreamError, type ThreadItem, type ThreadStreamEvent } from '../chatkit/core/index.js';
import { AgentsConfig } from '../config/agents.config.js';
import type { AgentContext } from './agent-context.js';
import { Flow } from './model/flow.js';
import { GuardedModel } from './model/guarded-model.js';
import { modelFailure } from './model/model-failure.js';
import { ModelHealth } from './model/model-status.js';
import type { Prompt } from './prompt/prompt.js';
import { streamAgentResponse } from './stream-agent-response.js';
import { MODEL } from './tokens.js';

/** Runs the agent on a prompt. */
@Injectable()
export class AnswerService {
  readonly #logger = new Logger(AnswerService.name);
  readonly #runner: Runner;

  constructor(
    @Inject(MODEL) private readonly model: Model,
    private readonly config: AgentsConfig,
    private readonly health: ModelHealth,
  ) {
    this.#runner = new Runner({
      modelSettings: { timeoutMs: config.modelTimeoutMs },
      tracingDisabled: !config.tracing,
      traceIncludeSensitiveData: false,
      workflowName: 'chat',
    });
  }

  /**
   * The answer as events of the thread. Ends quietly when the request's signal fires, which also ends
   * the model's work.
   *
   * @param newest the thread's newest items, newest first, if they are at hand
   * @throws StreamError when the run fails; its texts and causes stay inside
   */
  async *answer(
    prompt: Prompt,
    context: AgentContext,
    newest?: readonly ThreadItem[],
  ): AsyncGenerator<ThreadStreamEvent, void, undefined> {
    const { signal } = context.requestContext;
    if (signal.aborted) return;
    try {
      const flow = new Flow();
      const agent = new Agent({
        name: 'assistant',
        instructions: prompt.instructions,
        model: new GuardedModel(this.model, flow),
      });
      const { maxTurns } = this.config;
      const run = await this.#runner.run(agent, prompt.input, { stream: true, signal, context, maxTurns });
      yield* streamAgentResponse(context, run, { flow, ...(newest && { newest }) });
      if (!signal.aborted) this.health.succeeded();
    } catch (error) {
      if (signal.aborted) return;
      throw this.#failed(error, context.requestContext.correlationId);
    }
  }

  #failed(error: unknown, correlationId: string): StreamError {
    if (error instanceof StreamError) return error;
    const failure = modelFailure(error);
    if (failure.fault) this.health.failed(failure);
    const { allowRetry, fault: _fault, ...facts } = failure;
    const line = { message: 'the answer failed', ...facts, correlationId };
    if (failure.reason === 'unexpected') this.#logger.error({ ...line, ...whereabouts(error) });
    else this.#logger.warn(line);
    return new StreamError('stream.error', { allowRetry });
  }
}

/** Class and stack of an error: its message may quote what the user or the provider wrote. */
function whereabouts(error: unknown): { readonly error: string; readonly stack: string } {
  if (!(error instanceof Error)) return { error: typeof error, stack: '' };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return { error: error.constructor.name, stack: frames.join('\n') };
}
