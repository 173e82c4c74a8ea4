import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import { Agent, Runner, type Model, type RunContext, type ToolsToFinalOutputResult } from '@openai/agents';
import { StreamError, type ThreadItem, type ThreadStreamEvent } from '../chatkit/core/index.js';
import { AgentsConfig } from '../config/agents.config.js';
import type { AgentContext } from './agent-context.js';
import { AgentExtensions } from './extend/agent-extensions.js';
import type { McpAccess } from './mcp/mcp-access.js';
import { McpServers } from './mcp/mcp-servers.js';
import { Flow } from './model/flow.js';
import { GuardedModel } from './model/guarded-model.js';
import { modelFailure } from './model/model-failure.js';
import { ModelHealth } from './model/model-status.js';
import type { Prompt } from './prompt/prompt.js';
import { streamAgentResponse } from './stream-agent-response.js';
import { MODEL } from './tokens.js';
import { whereabouts } from './whereabouts.js';

/** Runs the agent on a prompt. */
@Injectable()
export class AnswerService {
  readonly #logger = new Logger(AnswerService.name);
  readonly #runner: Runner;

  constructor(
    @Inject(MODEL) private readonly model: Model,
    private readonly config: AgentsConfig,
    private readonly health: ModelHealth,
    @Optional() private readonly extensions?: AgentExtensions,
    @Optional() private readonly mcp?: McpServers,
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
    const taken = this.extensions?.tools.map(({ name }) => name);
    const mcp = await this.mcp?.open(context.requestContext, taken);
    try {
      const flow = new Flow();
      const model = new GuardedModel(mcp?.model(this.model) ?? this.model, flow);
      const agent = this.#agent(prompt.instructions, model, mcp);
      const { maxTurns } = this.config;
      const run = await this.#runner.run(agent, prompt.input, { stream: true, signal, context, maxTurns });
      yield* streamAgentResponse(context, run, { flow, ...(newest && { newest }) });
      if (!signal.aborted) this.health.succeeded();
    } catch (error) {
      if (signal.aborted) return;
      throw this.#failed(error, context.requestContext.correlationId);
    } finally {
      mcp?.close();
    }
  }

  #agent(instructions: string, model: Model, mcp: McpAccess | undefined): Agent<AgentContext> {
    const { tools = [], inputGuardrails = [], outputGuardrails = [] } = this.extensions ?? {};
    return new Agent<AgentContext>({
      name: 'assistant',
      instructions: mcp?.instructions(instructions) ?? instructions,
      model,
      tools: [...tools, ...(mcp?.tools ?? [])],
      toolUseBehavior: untilSomebodyIsAsked,
      inputGuardrails,
      outputGuardrails,
    });
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

/** What the page or the user is asked ends the run: what they give comes with a request of its own. */
function untilSomebodyIsAsked({ context }: RunContext): ToolsToFinalOutputResult {
  const { clientToolCall, awaitsUser } = context as AgentContext;
  return clientToolCall === undefined && !awaitsUser
    ? { isFinalOutput: false, isInterrupted: undefined }
    : { isFinalOutput: true, isInterrupted: undefined, finalOutput: '' };
}
