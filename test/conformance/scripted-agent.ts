import {
  Agent,
  imageGenerationTool,
  OpenAIResponsesModel,
  Runner,
  setTracingDisabled,
  tool,
  webSearchTool,
  type AgentInputItem,
  type Model,
  type RunContext,
  type RunStreamEvent,
} from '@openai/agents';
import OpenAI from 'openai';
import { AgentContext, ReliableModel, type RunFeed } from '../../src/agents/index.js';
import type { AgentScenario, ScriptedGuardrail, ScriptedTool } from './agent-scenario.js';
import type { ReplayedModel } from './replayed-model.js';
import { ToolScript } from './tool-script.js';

setTracingDisabled(true);

/** The agent of a scenario, on the SDK's own client of the Responses API. */
export class ScriptedAgents {
  readonly #runner = new Runner({ tracingDisabled: true });
  readonly #calls = new Map<string, number>();

  constructor(
    private readonly scenario: AgentScenario,
    private readonly replayed: ReplayedModel,
  ) {}

  /** Runs it on that input. */
  async run(input: AgentInputItem[], context: AgentContext, feed: RunFeed) {
    const { max_turns: maxTurns = 10 } = this.scenario;
    const { signal } = context.requestContext;
    return this.#runner.run(this.#agent(feed), input, { stream: true, context, maxTurns, signal });
  }

  #model(feed: RunFeed | undefined): Model {
    const client = new OpenAI({ baseURL: this.replayed.url, apiKey: 'test', maxRetries: 0, logLevel: 'off' });
    return new ReliableModel(
      new OpenAIResponsesModel(client, this.scenario.agent.model ?? 'gpt-5-mini'),
      feed,
    );
  }

  #agent(feed: RunFeed): Agent<AgentContext> {
    const { agent: spec } = this.scenario;
    return new Agent<AgentContext>({
      name: spec.name,
      instructions: spec.instructions,
      model: this.#model(feed),
      tools: [
        ...(spec.tools ?? []).map((each) => this.#tool(each)),
        ...(spec.hosted_tools ?? []).map(hosted),
      ],
      ...(spec.stop_at_tools && { toolUseBehavior: { stopAtToolNames: spec.stop_at_tools } }),
      inputGuardrails: (spec.input_guardrails ?? []).map((each) => this.#guardrail(each)),
      outputGuardrails: (spec.output_guardrails ?? []).map((each) => this.#guardrail(each)),
    });
  }

  #tool({ name, description = '', parameters, scripts, on_error }: ScriptedTool) {
    return tool({
      name,
      description,
      strict: false,
      parameters: {
        type: 'object',
        properties: parameters.properties,
        required: parameters.required ?? [],
        additionalProperties: true,
      },
      ...(on_error === 'abort' && { errorFunction: null }),
      execute: async (_input: unknown, run?: RunContext<AgentContext>) => {
        const call = this.#calls.get(name) ?? 0;
        this.#calls.set(name, call + 1);
        if (run === undefined) throw new Error('a tool is called within a run');
        await this.replayed.cues.settled();
        const script = new ToolScript(run.context, (agent) => this.#nested(agent));
        return script.perform(scripts[Math.min(call, scripts.length - 1)] ?? []);
      },
    });
  }

  async #nested(spec: {
    name: string;
    instructions: string;
    input: string;
  }): Promise<AsyncIterable<RunStreamEvent>> {
    const { name, instructions, input } = spec;
    const agent = new Agent({ name, instructions, model: this.#model(undefined) });
    return reported(await this.#runner.run(agent, input, { stream: true }), this.replayed);
  }

  #guardrail({ name, trips, blocking = false, at }: ScriptedGuardrail) {
    return {
      name,
      runInParallel: !blocking,
      execute: async () => {
        const { cues } = this.replayed;
        if (at === 'pause') {
          await cues.paused.promise;
          cues.resumed.resolve();
        } else if (at === 'end') {
          await cues.ended.promise;
        }
        return { tripwireTriggered: trips, outputInfo: null };
      },
    };
  }
}

function hosted({ type, ...options }: { type: string }) {
  if (type === 'web_search') return webSearchTool();
  if (type === 'image_generation') return imageGenerationTool(options);
  throw new Error(`unknown hosted tool ${type}`);
}

/** The run itself, which tells when an event of the model has been dealt with. */
function reported<Run extends AsyncIterable<RunStreamEvent>>(run: Run, { cues }: ReplayedModel): Run {
  async function* events(): AsyncGenerator<RunStreamEvent> {
    for await (const event of run) {
      yield event;
      if (event.type === 'raw_model_stream_event' && event.data.type === 'model') cues.delivered();
    }
  }
  return new Proxy(run, {
    get(target, key) {
      if (key === Symbol.asyncIterator) return events;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
