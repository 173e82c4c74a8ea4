import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import {
  BatchTraceProcessor,
  OpenAITracingExporter,
  setTraceProcessors,
  setTracingDisabled,
  type Model,
} from '@openai/agents';
import { AgentsConfig, OFFLINE_BRIEF_MODEL } from '../config/agents.config.js';
import { AnswerService } from './run/answer.service.js';
import { AskUser } from './run/ask-user.js';
import { ContextSources } from './context/context-sources.js';
import { AgentExtensions } from './decorators/agent-extensions.js';
import { DecoratedMethods } from './decorators/decorated-methods.js';
import { OwnProviders } from '../common/discovery/own-providers.js';
import { RegisteredProviders } from '../common/discovery/registered-providers.js';
import { Models } from './model/models.js';
import { ModelHealth } from './model/model-status.js';
import { createOpenAIModel } from './model/openai-model.js';
import { OFFLINE_MODEL, OfflineModel } from '../offline-model/offline-model.js';
import { Titles } from './titles/title.service.js';
import { RetrievalHealth } from '../retrieval/retrieval-health.js';
import { Retrieval } from '../retrieval/retrieval.js';
import { CHATKIT_MODEL } from './tokens.js';
import { UsageQueue } from './usage/usage-queue.js';

/** The model of that name, by default the one that the configuration asks for: one behind an API, or the offline stand-in. */
export function createModel(config: AgentsConfig, model: string = config.model): Model {
  const { apiKey, baseUrl, modelApi: api, modelTimeoutMs: timeoutMs, modelRetries: retries } = config;
  if (apiKey !== undefined) return createOpenAIModel({ apiKey, baseUrl, api, model, timeoutMs, retries });
  const { offlineDelayMs: delayMs, offlineBench: bench } = config;
  return new OfflineModel({ delayMs, bench, brief: model === OFFLINE_BRIEF_MODEL });
}

/** Health of the model that the configuration asks for. */
export function createModelHealth({ apiKey, model }: AgentsConfig): ModelHealth {
  return apiKey === undefined ? new ModelHealth('offline', OFFLINE_MODEL) : new ModelHealth('openai', model);
}

/** The SDK registers an exporter of its own when it is loaded: it is replaced, or taken out. */
function exportTraces({ apiKey, tracing }: AgentsConfig): void {
  const exports = tracing && apiKey !== undefined;
  setTracingDisabled(!exports);
  setTraceProcessors(exports ? [new BatchTraceProcessor(new OpenAITracingExporter({ apiKey }))] : []);
}

/** The agent side: exports the configuration, the model under CHATKIT_MODEL, its health, the AnswerService, and the extensions. */
@Module({})
export class ChatKitAgentsModule {
  /** @param model used instead of the one the configuration asks for */
  static register(config: AgentsConfig, model?: Model): DynamicModule {
    exportTraces(config);
    return {
      module: ChatKitAgentsModule,
      imports: [DiscoveryModule],
      providers: [
        { provide: AgentsConfig, useValue: config },
        { provide: Models, useFactory: () => new Models((name) => model ?? createModel(config, name)) },
        {
          provide: CHATKIT_MODEL,
          inject: [Models],
          useFactory: (models: Models) => models.get(config.model),
        },
        { provide: ModelHealth, useFactory: () => createModelHealth(config) },
        OwnProviders,
        DecoratedMethods,
        RegisteredProviders,
        AgentExtensions,
        { provide: RetrievalHealth, useFactory: () => new RetrievalHealth() },
        Retrieval,
        ContextSources,
        UsageQueue,
        Titles,
        AnswerService,
        ...(config.askUser ? [AskUser] : []),
      ],
      exports: [
        AgentsConfig,
        CHATKIT_MODEL,
        ModelHealth,
        RetrievalHealth,
        AgentExtensions,
        ContextSources,
        Titles,
        AnswerService,
      ],
    };
  }
}
