import type { OpenAI } from 'openai';
import { isRecord } from '../../common/is-record.js';

/** An event of the Responses API. */
export type ResponsesEvent = OpenAI.Responses.ResponseStreamEvent;

/** Whether a raw event of a model is one of the Responses API. */
export function isResponsesEvent(event: unknown): event is ResponsesEvent {
  return isRecord(event) && typeof event['type'] === 'string' && event['type'].startsWith('response.');
}
