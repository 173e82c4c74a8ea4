import {
  BatchTraceProcessor,
  OpenAITracingExporter,
  setTraceProcessors,
  setTracingDisabled,
} from '@openai/agents';
import type { AgentsConfig } from '../config/agents.config.js';

/** The SDK registers an exporter of its own when it is loaded: in the server that ships it is replaced, or taken out. */
export function exportTraces({ apiKey, tracing }: AgentsConfig): void {
  const exports = tracing && apiKey !== undefined;
  setTracingDisabled(!exports);
  setTraceProcessors(exports ? [new BatchTraceProcessor(new OpenAITracingExporter({ apiKey }))] : []);
}
