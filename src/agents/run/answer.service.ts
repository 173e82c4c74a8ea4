import { Inject, Injectable, Optional } from '@nestjs/common';
import {
  Agent,
  ModelBehaviorError,
  Runner,
  type Model,
  type RunContext,
  type ToolsToFinalOutputResult,
} from '@openai/agents';
import { ChatKitLogger } from '../../common/logging/chatkit-logger.js';
import {
  CustomStreamError,
  StreamError,
  type InferenceOptions,
  type ThreadItem,
  type ThreadStreamEvent,
} from '../../chatkit/core/index.js';
import type { RequestContext } from '../../auth/context/request-context.js';
import { AgentsConfig } from '../../config/agents.config.js';
import type { AgentContext } from './agent-context.js';
import { AgentExtensions } from '../decorators/agent-extensions.js';
import { CHATKIT_TOOL_SOURCE, type ToolAccess, type ToolSource } from './tool-source.port.js';
import { ReliableModel } from '../model/reliable-model.js';
import { modelFailure } from '../model/model-failure.js';
import { ModelHealth } from '../model/model-status.js';
import { Models } from '../model/models.js';
import { assertOffered, offered } from '../model/offered.js';
import type { Prompt } from '../prompt/prompt.js';
import { withCitations } from '../../retrieval/with-citations.js';
import { RunFeed } from './run-feed.js';
import { streamAgentResponse } from './stream-agent-response.js';
import { CHATKIT_MODEL } from '../tokens.js';
import type { AnswerUsage } from '../usage/answer-usage.js';
import { Meter } from '../usage/meter.js';
import { Observers } from '../../common/observer/observers.js';
import { UsageQueue } from '../usage/usage-queue.js';

/** What may be known and wanted of an answer besides its prompt. */
export interface AnswerOptions {
  /** The thread's newest items, newest first, if they are at hand. */
  readonly newest?: readonly ThreadItem[];
  /** The model that is to answer, and the tool it is to begin with. */
  readonly choice?: InferenceOptions;
  /** Called when nothing is left to check, before the model is asked. */
  readonly onStart?: () => void;
}

/** Runs the agent on a prompt. */
@Injectable()
export class AnswerService {
  readonly #logger = new ChatKitLogger(AnswerService.name);
  readonly #runner: Runner;

  constructor(
    @Inject(CHATKIT_MODEL) model: Model,
    private readonly config: AgentsConfig,
    private readonly health: ModelHealth,
    @Optional() private readonly extensions?: AgentExtensions,
    @Optional() @Inject(CHATKIT_TOOL_SOURCE) private readonly toolSource?: ToolSource,
    @Optional() private readonly models: Models = new Models(() => model),
    @Optional() private readonly usage?: UsageQueue,
    @Optional() private readonly observers?: Observers,
  ) {
    this.#runner = new Runner({
      modelSettings: { timeoutMs: config.modelTimeoutMs },
      toolNotFoundBehavior: 'return_error_to_model',
      tracingDisabled: !config.tracing,
      traceIncludeSensitiveData: false,
      workflowName: 'chat',
    });
  }

  /**
   * Lets a choice pass that {@link answer} would take. A tool that is none of the application's own is looked for
   * at the caller's MCP servers.
   *
   * @throws InvalidRequestError naming the field of the message, when what is chosen is not offered
   */
  async checkChoice({ model, tool_choice }: InferenceOptions, context: RequestContext): Promise<void> {
    assertOffered('model', model, this.#models());
    const chosen = tool_choice?.id;
    const own = this.extensions?.tools.map(({ name }) => name) ?? [];
    if (chosen === undefined || own.includes(chosen)) return;
    const access = await this.toolSource?.open(context, own);
    access?.close();
    assertOffered('tool_choice.id', chosen, access?.tools.map(({ name }) => name) ?? []);
  }

  /**
   * The answer as events of the thread. Ends quietly when the request's signal fires, which also ends
   * the model's work.
   *
   * @throws CustomStreamError when the choice is not offered
   * @throws StreamError when the run fails; its texts and causes stay inside
   */
  async *answer(
    prompt: Prompt,
    context: AgentContext,
    { newest, choice = {}, onStart }: AnswerOptions = {},
  ): AsyncGenerator<ThreadStreamEvent, void, undefined> {
    const { signal } = context.requestContext;
    if (signal.aborted) return;
    const chosen = offered('model', choice.model, this.#models()) ?? this.config.model;
    const meter = new Meter();
    let outcome: AnswerUsage['outcome'] = 'stopped';
    const taken = this.extensions?.tools.map(({ name }) => name);
    const access = await this.toolSource?.open(context.requestContext, taken);
    try {
      const feed = new RunFeed({ isJudged: (this.extensions?.inputGuardrails.length ?? 0) > 0 });
      const model = this.models.get(chosen);
      const guarded = new ReliableModel(access?.model(model) ?? model, feed, meter, (call) =>
        this.observers?.modelCalled({
          model: chosen,
          provider: this.health.kind,
          purpose: 'answer',
          ...call,
        }),
      );
      const agent = this.#agent(prompt.instructions, guarded, access, choice.tool_choice?.id);
      const { maxTurns } = this.config;
      onStart?.();
      const run = await this.#runner.run(agent, prompt.input, { stream: true, signal, context, maxTurns });
      const events = streamAgentResponse(context, run, { feed, ...(newest && { newest }) });
      yield* prompt.passages?.length ? withCitations(events, prompt.passages) : events;
      if (signal.aborted) return;
      if (isThinking(context)) {
        if (!run.finalOutput) throw new ModelBehaviorError('the model has thought and said nothing');
        yield* context.closeWorkflow();
      }
      outcome = 'completed';
      this.health.succeeded();
    } catch (error) {
      if (signal.aborted) return;
      outcome = 'failed';
      const failure = this.#failed(error);
      yield* context.closeWorkflow();
      throw failure;
    } finally {
      access?.close();
      this.#account(context, chosen, outcome, meter);
    }
  }

  #models(): string[] {
    return this.config.offeredModels.map(({ id }) => id);
  }

  #account(
    { thread, requestContext: { tenantId, userId } }: AgentContext,
    chosen: string,
    outcome: AnswerUsage['outcome'],
    meter: Meter,
  ): void {
    const figures = meter.figures();
    if (figures.requests === 0) return;
    const model = this.health.kind === 'offline' ? this.health.model : chosen;
    this.usage?.add({ tenantId, userId, threadId: thread.id, model, purpose: 'answer', outcome, ...figures });
  }

  #agent(
    instructions: string,
    model: Model,
    access: ToolAccess | undefined,
    toolChoice: string | undefined,
  ): Agent<AgentContext> {
    const { tools: own = [], inputGuardrails = [], outputGuardrails = [] } = this.extensions ?? {};
    const tools = [...own, ...(access?.tools ?? [])];
    const names = tools.map(({ name }) => name);
    const first = offered('tool_choice.id', toolChoice, names);
    return new Agent<AgentContext>({
      name: 'assistant',
      instructions: access?.instructions(instructions) ?? instructions,
      model,
      tools,
      // the SDK lets go of it once a tool was used, so that the model can answer
      ...(first !== undefined && { modelSettings: { toolChoice: first } }),
      toolUseBehavior: untilSomebodyIsAsked,
      inputGuardrails,
      outputGuardrails,
    });
  }

  #failed(error: unknown): StreamError | CustomStreamError {
    if (error instanceof StreamError || error instanceof CustomStreamError) return error;
    const failure = modelFailure(error);
    if (failure.fault) this.health.failed(failure);
    const { allowRetry, fault: _fault, ...facts } = failure;
    if (failure.reason === 'unexpected') this.#logger.error('the answer failed', { ...facts, error });
    else this.#logger.warn('the answer failed', facts);
    return new StreamError('stream.error', { allowRetry });
  }
}

/** Whether the user sees the model think, with nothing to wait for. */
function isThinking({ workflowItem, clientToolCall, awaitsUser }: AgentContext): boolean {
  return workflowItem?.workflow.type === 'reasoning' && clientToolCall === undefined && !awaitsUser;
}

/** What the page or the user is asked ends the run: what they give comes with a request of its own. */
function untilSomebodyIsAsked({ context }: RunContext): ToolsToFinalOutputResult {
  const { clientToolCall, awaitsUser } = context as AgentContext;
  return clientToolCall === undefined && !awaitsUser
    ? { isFinalOutput: false, isInterrupted: undefined }
    : { isFinalOutput: true, isInterrupted: undefined, finalOutput: '' };
}
