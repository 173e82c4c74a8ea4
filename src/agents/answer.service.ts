import { Inject, Injectable, Logger } from '@nestjs/common';
import { Agent, Runner, type Model } from '@openai/agents-core';
import { StreamError, type ThreadStreamEvent } from '../chatkit/core/index.js';
import { AgentsConfig } from '../config/agents.config.js';
import type { AgentContext } from './agent-context.js';
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
    @Inject(MODEL) model: Model,
    private readonly config: AgentsConfig,
    private readonly health: ModelHealth,
  ) {
    this.#runner = new Runner({
      model: new GuardedModel(model),
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
   * @throws StreamError when the run fails; its texts and causes stay inside
   */
  async *answer(prompt: Prompt, context: AgentContext): AsyncGenerator<ThreadStreamEvent, void, undefined> {
    const { signal } = context.requestContext;
    if (signal.aborted) return;
    try {
      const run = await this.#runner.run(
        new Agent({ name: 'assistant', instructions: prompt.instructions }),
        prompt.input,
        {
          stream: true,
          signal,
          context,
          maxTurns: this.config.maxTurns,
        },
      );
      yield* streamAgentResponse(context, run);
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
    this.#logger.warn({ message: 'the answer failed', ...facts, correlationId });
    return new StreamError('stream.error', { allowRetry });
  }
}
