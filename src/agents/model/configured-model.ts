import type { Model } from '@openai/agents';
import { OFFLINE_BRIEF_MODEL, type AgentsConfig } from '../../config/agents.config.js';
import { OFFLINE_MODEL, OfflineModel } from '../../offline-model/index.js';
import { ModelHealth } from './model-status.js';
import { createOpenAIModel } from './openai-model.js';

/**
 * The model of that name, by default the one that the configuration asks for: one behind an API, or the offline stand-in.
 *
 * @param onRetry called when a call is repeated
 */
export function createModel(config: AgentsConfig, model: string = config.model, onRetry?: () => void): Model {
  const { apiKey, baseUrl, modelApi: api, modelTimeoutMs: timeoutMs, modelRetries: retries } = config;
  if (apiKey !== undefined)
    return createOpenAIModel({ apiKey, baseUrl, api, model, timeoutMs, retries, onRetry });
  const { offlineDelayMs: delayMs, offlineBench: bench } = config;
  return new OfflineModel({ delayMs, bench, brief: model === OFFLINE_BRIEF_MODEL });
}

/** Health of the model that the configuration asks for. */
export function createModelHealth({ apiKey, model }: AgentsConfig): ModelHealth {
  return apiKey === undefined ? new ModelHealth('offline', OFFLINE_MODEL) : new ModelHealth('openai', model);
}
