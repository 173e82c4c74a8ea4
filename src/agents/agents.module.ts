import {
  ConfigurableModuleBuilder,
  Module,
  type DynamicModule,
  type ModuleMetadata,
  type OnModuleInit,
  type Type,
} from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { setTracingExportApiKey, type Model } from '@openai/agents';
import { CHATKIT_ACTIONS } from '../chatkit/chatkit.tokens.js';
import { OwnProviders } from '../common/discovery/own-providers.js';
import { Observers } from '../common/observer/observers.js';
import { ObserversModule } from '../common/observer/observers.module.js';
import { RegisteredProviders } from '../common/discovery/registered-providers.js';
import { AgentsConfig } from '../config/agents.config.js';
import { completeConfig, type ConfigInit } from '../config/complete-config.js';
import { RetrievalHealth } from '../retrieval/retrieval-health.js';
import { RetrievalIndicator } from '../retrieval/retrieval.indicator.js';
import { Retrieval } from '../retrieval/retrieval.js';
import { ContextSources } from './context/context-sources.js';
import { AgentExtensions } from './decorators/agent-extensions.js';
import { assertDecorated, DecoratedMethods } from './decorators/decorated-methods.js';
import { createModel, createModelHealth } from './model/configured-model.js';
import { ModelIndicator } from './model/model.indicator.js';
import { ModelHealth } from './model/model-status.js';
import { Models } from './model/models.js';
import { AnswerService } from './run/answer.service.js';
import { AskUser } from './run/ask-user.js';
import { Titles } from './titles/title.service.js';
import { CHATKIT_MODEL } from './tokens.js';
import { AnswerBudgets } from './usage/answer-budget.js';
import { UsageQueue } from './usage/usage-queue.js';

/** How an agent is set up. */
export interface ChatKitAgentsOptions {
  /**
   * Which model answers, and how much it is given: an `AgentsConfig`, or a plain object with some of its properties.
   * Default: the defaults of `AgentsConfig`, with the offline model.
   */
  readonly config?: ConfigInit<AgentsConfig>;
  /** Any `Model` of the agents SDK, in place of the one that the configuration asks for. */
  readonly model?: Model;
}

/** What must be known of an agent when its module is declared. */
export interface ChatKitAgentsExtras extends Pick<ModuleMetadata, 'imports' | 'providers'> {
  /**
   * Providers of which methods are tools, actions or guardrails; each has at least one that a decorator declares. Their
   * dependencies come from `imports`, `providers` or global modules.
   */
  readonly tools?: readonly Type<object>[];
}

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<ChatKitAgentsOptions>({ moduleName: 'ChatKitAgents' })
    .setClassMethodName('forRoot')
    .setExtras<ChatKitAgentsExtras>({ imports: [], providers: [], tools: [] }, assemble)
    .build();

/** Injection token of the model that the module makes, whatever may have been put in its place. */
const CONFIGURED_MODEL = Symbol('chatkit:configured-model');

/**
 * The agent of an assistant: import it in `imports` of a `ChatKitModule` whose `server` is `RespondService`, or a class
 * of one's own that runs the agent. Exports what they need, the model under `CHATKIT_MODEL`, and what health tells.
 */
@Module({})
export class ChatKitAgentsModule extends ConfigurableModuleClass implements OnModuleInit {
  constructor(private readonly config: AgentsConfig) {
    super();
  }

  /**
   * With options that are known when the module is declared.
   *
   * @throws ExtensionError when one of `tools` has no decorated method; at start, when one cannot be served
   */
  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    return super.forRoot(options);
  }

  /** With options that a factory makes; otherwise as {@link ChatKitAgentsModule.forRoot}. */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    return super.forRootAsync(options);
  }

  /** Gives the SDK's exporter the key where traces are wanted; where they are not, nothing of the host's is touched. */
  onModuleInit(): void {
    const { tracing, apiKey } = this.config;
    if (tracing && apiKey !== undefined) setTracingExportApiKey(apiKey);
  }
}

function assemble(definition: DynamicModule, extras: ChatKitAgentsExtras): DynamicModule {
  const { providers = [], tools = [] } = extras;
  assertDecorated(tools);
  return {
    ...definition,
    imports: [...(definition.imports ?? extras.imports ?? []), DiscoveryModule, ObserversModule],
    providers: [
      ...(definition.providers ?? []),
      ...providers,
      ...tools,
      {
        provide: AgentsConfig,
        inject: [MODULE_OPTIONS_TOKEN],
        useFactory: ({ config }: ChatKitAgentsOptions) => completeConfig(AgentsConfig, config),
      },
      {
        provide: CONFIGURED_MODEL,
        inject: [AgentsConfig, MODULE_OPTIONS_TOKEN, Observers],
        useFactory: (config: AgentsConfig, { model }: ChatKitAgentsOptions, observers: Observers) =>
          model === undefined
            ? new Models((name) => createModel(config, name, () => observers.modelRetried({ model: name })))
            : new Models(() => model),
      },
      {
        provide: CHATKIT_MODEL,
        inject: [CONFIGURED_MODEL, AgentsConfig],
        useFactory: (models: Models, { model }: AgentsConfig) => models.get(model),
      },
      {
        provide: Models,
        inject: [CONFIGURED_MODEL, CHATKIT_MODEL, AgentsConfig],
        // a model that stands in for the configured one stands in for all that users may choose
        useFactory: (models: Models, model: Model, config: AgentsConfig) =>
          models.get(config.model) === model ? models : new Models(() => model),
      },
      { provide: ModelHealth, inject: [AgentsConfig], useFactory: createModelHealth },
      ModelIndicator,
      OwnProviders,
      DecoratedMethods,
      RegisteredProviders,
      AgentExtensions,
      {
        provide: CHATKIT_ACTIONS,
        inject: [AgentExtensions],
        useFactory: ({ actions }: AgentExtensions) => actions,
      },
      { provide: RetrievalHealth, useFactory: () => new RetrievalHealth() },
      RetrievalIndicator,
      Retrieval,
      ContextSources,
      UsageQueue,
      AnswerBudgets,
      Titles,
      AnswerService,
      {
        provide: AskUser,
        inject: [AgentsConfig],
        useFactory: ({ askUser }: AgentsConfig) => (askUser ? new AskUser() : undefined),
      },
    ],
    exports: [
      ...(definition.exports ?? []),
      ...tools,
      AgentsConfig,
      CHATKIT_MODEL,
      CHATKIT_ACTIONS,
      ModelHealth,
      ModelIndicator,
      RetrievalHealth,
      RetrievalIndicator,
      AgentExtensions,
      ContextSources,
      AnswerBudgets,
      Titles,
      AnswerService,
    ],
  };
}
