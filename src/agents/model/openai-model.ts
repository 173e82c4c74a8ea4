import { OpenAIResponsesModel, type Model } from '@openai/agents';
import OpenAI from 'openai';

/** Longest wait for the beginning of an answer, in milliseconds; the rest is bounded by the whole call's limit. */
const MAX_WAIT_FOR_START = 60_000;

export interface OpenAIModelOptions {
  readonly apiKey: string;
  /** Default: OpenAI's own. */
  readonly baseUrl?: string | undefined;
  readonly model: string;
  /** Milliseconds for one call, see AgentsConfig. */
  readonly timeoutMs: number;
  /** Repetitions of a call that failed before its answer began. */
  readonly retries: number;
}

/** A model behind the Responses API, through a client of its own that logs nothing. */
export function createOpenAIModel({ apiKey, baseUrl, model, timeoutMs, retries }: OpenAIModelOptions): Model {
  const client = new OpenAI({
    apiKey,
    ...(baseUrl !== undefined && { baseURL: baseUrl }),
    timeout: Math.min(timeoutMs, MAX_WAIT_FOR_START),
    maxRetries: retries,
    logLevel: 'off',
  });
  return new OpenAIResponsesModel(client, model);
}
