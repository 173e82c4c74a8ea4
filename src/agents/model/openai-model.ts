import { OpenAIChatCompletionsModel, OpenAIResponsesModel, type Model } from '@openai/agents';
import OpenAI from 'openai';
import type { ModelApi } from '../../config/agents.config.js';
import { StreamedResponses } from './event-stream.js';
import { PlainCompletions } from './plain-completions.js';
import { WholeAnswers } from './whole-answers.js';

/** Longest wait for the beginning of an answer, in milliseconds; the rest is bounded by the whole call's limit. */
const MAX_WAIT_FOR_START = 60_000;

/** Which model behind the Responses API, and how it is called. */
export interface OpenAIModelOptions {
  readonly apiKey: string;
  /** Default: OpenAI's own. */
  readonly baseUrl?: string | undefined;
  /** Default `responses`. */
  readonly api?: ModelApi;
  readonly model: string;
  /** Milliseconds for one call, see AgentsConfig. */
  readonly timeoutMs: number;
  /** Repetitions of a call that failed before its answer began. */
  readonly retries: number;
  /** Called when a call is repeated. */
  readonly onRetry?: (() => void) | undefined;
}

/** In which the client says how often it has asked before. */
const RETRY_COUNT = 'x-stainless-retry-count';

/** A model behind the Responses API or Chat Completions, through a client of its own that logs nothing. */
export function createOpenAIModel({
  apiKey,
  baseUrl,
  api = 'responses',
  model,
  timeoutMs,
  retries,
  onRetry,
}: OpenAIModelOptions): Model {
  const client = new OpenAI({
    apiKey,
    ...(baseUrl !== undefined && { baseURL: baseUrl }),
    timeout: Math.min(timeoutMs, MAX_WAIT_FOR_START),
    maxRetries: retries,
    logLevel: 'off',
    fetch: (input, init) => {
      if (onRetry !== undefined && isRepeated(init)) onRetry();
      return fetch(input, init);
    },
  });
  if (api === 'responses') {
    client.responses = new StreamedResponses(client);
    return new OpenAIResponsesModel(client, model);
  }
  client.chat.completions = new PlainCompletions(client);
  return new WholeAnswers(new OpenAIChatCompletionsModel(client, model));
}

/** The client has made these headers itself, and a copy of all of them would be made for each call. */
function isRepeated({ headers }: RequestInit = {}): boolean {
  const all = headers instanceof Headers ? headers : new Headers(headers);
  return Number(all.get(RETRY_COUNT)) > 0;
}
