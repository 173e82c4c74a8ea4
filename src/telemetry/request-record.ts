import { AsyncLocalStorage } from 'node:async_hooks';
import type { ObservedEnd, ObservedRequest } from '../common/observer/observer.port.js';

/** What comes to be known of one HTTP request while it is answered. */
export interface RequestRecord {
  /** Of a chat request, once it was understood. */
  request?: ObservedRequest;
  firstEventMs?: number;
  end?: ObservedEnd;
  /** Of the error that it was answered with. */
  code?: string;
  modelCalls: number;
  inputTokens: number;
  outputTokens: number;
  toolCalls: number;
  /** Round trips to the database. */
  roundTrips: number;
  /** Called when a chat request has ended. */
  onEnd?: () => void;
}

const records = new AsyncLocalStorage<RequestRecord>();

/** Runs `work`, and all that it causes, with a new record. */
export function withRecord(work: (record: RequestRecord) => void): void {
  const record = { modelCalls: 0, inputTokens: 0, outputTokens: 0, toolCalls: 0, roundTrips: 0 };
  records.run(record, work, record);
}

/** Of the request that is being answered, if there is one. */
export function currentRecord(): RequestRecord | undefined {
  return records.getStore();
}
