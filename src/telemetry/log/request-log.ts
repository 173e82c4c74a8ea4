import type { LogFacts } from '../../chatkit/core/logger.js';
import type { Clock } from '../../common/clock.js';
import { ChatKitLogger } from '../../common/logging/chatkit-logger.js';
import type {
  ChatKitObserver,
  ObservedEnd,
  ObservedMaintenance,
  ObservedModelCall,
  ObservedRefusal,
  ObservedRemoval,
  ObservedRequest,
  ObservedStatements,
} from '../../common/observer/observer.port.js';
import { currentRecord, type RequestRecord } from '../request-record.js';
import { LineBudget } from './line-budget.js';

/** An HTTP request that has been answered, or whose client has left. */
export interface AnsweredRequest {
  readonly record: RequestRecord;
  readonly method: string;
  /** The path without its query. */
  readonly path: string;
  /** Undefined when nothing was sent. */
  readonly status: number | undefined;
  readonly milliseconds: number;
  readonly correlationId: string;
  readonly traceId: string | undefined;
  /** Undefined where nobody asked who it is. */
  readonly tenantId: string | undefined;
  readonly userId: string | undefined;
}

const SERVER_ERROR = 500;
const UNAVAILABLE = 503;

/** How a request went, in one word. */
export type LoggedOutcome = ObservedEnd['outcome'] | 'refused';

/** Writes a line for each request, one for statements that were slow, and one for work that nobody asked for. Floods of refusals and of slow ones are counted. */
export class RequestLog implements ChatKitObserver {
  readonly #logger = new ChatKitLogger('Request');
  readonly #database = new ChatKitLogger('Statements');
  readonly #maintenance = new ChatKitLogger('Maintenance');
  readonly #budget: LineBudget;

  /** @param slowStatementMs milliseconds from which a round trip to the database is slow; 0 is never */
  constructor(
    private readonly slowStatementMs: number,
    clock: Pick<Clock, 'now'>,
  ) {
    this.#budget = new LineBudget(clock);
  }

  requestBegan(request: ObservedRequest): void {
    const record = currentRecord();
    if (record !== undefined) record.request = request;
  }

  firstEvent(_request: ObservedRequest, milliseconds: number): void {
    const record = currentRecord();
    if (record !== undefined) record.firstEventMs = milliseconds;
  }

  requestEnded(_request: ObservedRequest, end: ObservedEnd): void {
    const record = currentRecord();
    if (record === undefined) return;
    record.end = end;
    // once every observer has been told
    if (record.onEnd !== undefined) queueMicrotask(record.onEnd);
  }

  requestRefused({ code }: ObservedRefusal): void {
    const record = currentRecord();
    if (record !== undefined) record.code = code;
  }

  modelCalled({ inputTokens = 0, outputTokens = 0 }: ObservedModelCall): void {
    const record = currentRecord();
    if (record === undefined) return;
    record.modelCalls += 1;
    record.inputTokens += inputTokens;
    record.outputTokens += outputTokens;
  }

  toolCalled(): void {
    const record = currentRecord();
    if (record !== undefined) record.toolCalls += 1;
  }

  statementsRan({ names, outcome, milliseconds }: ObservedStatements): void {
    const record = currentRecord();
    if (record !== undefined) record.roundTrips += 1;
    if (this.slowStatementMs === 0 || milliseconds < this.slowStatementMs) return;
    const line = this.#budget.take('slow');
    if (line === undefined) return;
    this.#database.warn('slow statements', {
      statements: names,
      outcome,
      milliseconds: whole(milliseconds),
      ...line,
    });
  }

  maintained({ task, outcome, milliseconds, count }: ObservedMaintenance): void {
    const level = outcome === 'failed' ? 'warn' : 'log';
    this.#maintenance[level]('maintenance ended', {
      task,
      outcome,
      count,
      milliseconds: whole(milliseconds),
    });
  }

  retained({ threads, items, files }: ObservedRemoval): void {
    this.#maintenance.log('what was too old is removed', { threads, items, files });
  }

  /** Writes the line. What nobody in particular was answered well, such as a probe or a file, is for debugging. */
  answered(request: AnsweredRequest): void {
    const { status } = request;
    const outcome = outcomeOf(request);
    const isBad = outcome === 'refused' || outcome === 'failed';
    const line = isBad ? this.#budget.take(String(status)) : {};
    if (line === undefined) return;
    this.#logger[levelOf(request, outcome)]('request answered', { ...factsOf(request, outcome), ...line });
  }
}

function outcomeOf({ record, status }: AnsweredRequest): LoggedOutcome {
  if (record.code !== undefined || (status !== undefined && status >= 400)) {
    return status === SERVER_ERROR ? 'failed' : 'refused';
  }
  return record.end?.outcome ?? (status === undefined ? 'stopped' : 'completed');
}

function levelOf(
  { record, status, tenantId }: AnsweredRequest,
  outcome: LoggedOutcome,
): 'debug' | 'log' | 'warn' {
  if (outcome === 'failed') return 'warn';
  if (outcome !== 'refused') return tenantId === undefined ? 'debug' : 'log';
  if (status === undefined || status < SERVER_ERROR) return 'log';
  // health says by itself why it is not
  return status === UNAVAILABLE && record.code === undefined ? 'debug' : 'warn';
}

function factsOf({ record, ...http }: AnsweredRequest, outcome: LoggedOutcome): LogFacts {
  const { request, end, firstEventMs } = record;
  const { method, path, status, milliseconds, correlationId, traceId, tenantId, userId } = http;
  return {
    method,
    path,
    type: request?.type,
    status,
    outcome,
    stop: end?.stop,
    code: record.code,
    milliseconds: whole(milliseconds),
    firstEventMs: firstEventMs === undefined ? undefined : whole(firstEventMs),
    events: end?.events,
    inputTokens: record.modelCalls === 0 ? undefined : record.inputTokens,
    outputTokens: record.modelCalls === 0 ? undefined : record.outputTokens,
    toolCalls: record.toolCalls || undefined,
    roundTrips: record.roundTrips || undefined,
    tenantId,
    userId,
    threadId: request?.threadId,
    correlationId,
    traceId: traceId === correlationId ? undefined : traceId,
  };
}

function whole(milliseconds: number): number {
  return Math.round(milliseconds);
}
