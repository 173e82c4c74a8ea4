import type { Meter } from '@opentelemetry/api';
import type {
  ChatKitObserver,
  ObservedEnd,
  ObservedMaintenance,
  ObservedModelCall,
  ObservedOutcome,
  ObservedRefusal,
  ObservedRemoval,
  ObservedRequest,
  ObservedStatements,
  ObservedStop,
  ObservedToolCall,
} from '../../common/observer/observer.port.js';
import { instruments, type Instruments } from './instruments.js';
import { KnownNames } from './known-names.js';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const STOPS: readonly ObservedStop[] = ['cancelled', 'stalled', 'cut'];
const TOO_MANY_REQUESTS = 429;

/** Counts and measures what happens. No attribute names a tenant, a user or a thread. */
export class MetricsObserver implements ChatKitObserver {
  readonly #on: Instruments;
  readonly #codes = new KnownNames();
  readonly #limits = new KnownNames();
  readonly #models = new KnownNames();
  readonly #tools = new KnownNames();
  readonly #statements = new KnownNames();
  readonly #routes = new KnownNames();
  readonly #tasks = new KnownNames();

  constructor(meter: Meter) {
    this.#on = instruments(meter);
    // a counter that appears with its first event shows no increase
    this.#on.modelRetries.add(0);
    for (const stop of STOPS) this.#on.streamStops.add(0, { 'chatkit.stop': stop });
  }

  /** An HTTP request has been answered; `route` is the pattern that it fitted. */
  httpAnswered(method: string, route: string | undefined, status: number | undefined, ms: number): void {
    this.#on.httpDuration.record(inSeconds(ms), {
      'http.request.method': METHODS.has(method) ? method : '_OTHER',
      ...(route !== undefined && { 'http.route': this.#routes.of(route) }),
      ...(status !== undefined && { 'http.response.status_code': status }),
    });
  }

  requestBegan(): void {
    this.#on.requestsActive.add(1);
  }

  firstEvent({ type }: ObservedRequest, milliseconds: number): void {
    this.#on.streamsOpen.add(1);
    this.#on.firstEvent.record(inSeconds(milliseconds), { 'chatkit.request.type': type });
  }

  requestEnded({ type }: ObservedRequest, { outcome, milliseconds, stop, events, bytes }: ObservedEnd): void {
    const attributes = { 'chatkit.request.type': type, 'chatkit.outcome': outcome };
    this.#on.requestsActive.add(-1);
    this.#on.requestDuration.record(inSeconds(milliseconds), attributes);
    if (events === undefined) return;
    this.#on.streamsOpen.add(-1);
    this.#on.streamDuration.record(inSeconds(milliseconds), attributes);
    this.#on.streamEvents.add(events);
    if (bytes !== undefined) this.#on.streamBytes.add(bytes);
    if (stop !== undefined) this.#on.streamStops.add(1, { 'chatkit.stop': stop });
  }

  requestRefused({ status, code }: ObservedRefusal): void {
    const known = this.#codes.of(code);
    this.#on.refusals.add(1, { 'http.response.status_code': status, 'chatkit.code': known });
    if (status === TOO_MANY_REQUESTS) this.limitReached(known);
  }

  limitReached(limit: string): void {
    this.#on.limits.add(1, { 'chatkit.limit': this.#limits.of(limit) });
  }

  modelCalled({ outcome, milliseconds, inputTokens, outputTokens, ...call }: ObservedModelCall): void {
    const { model, provider, purpose } = call;
    const attributes = {
      'gen_ai.operation.name': 'chat',
      ...(provider !== undefined && { 'gen_ai.provider.name': provider }),
      'gen_ai.request.model': this.#models.of(model),
      'chatkit.purpose': purpose,
    };
    this.#on.modelDuration.record(inSeconds(milliseconds), { ...attributes, ...failure(outcome) });
    if (inputTokens !== undefined) {
      this.#on.tokens.record(inputTokens, { ...attributes, 'gen_ai.token.type': 'input' });
    }
    if (outputTokens !== undefined) {
      this.#on.tokens.record(outputTokens, { ...attributes, 'gen_ai.token.type': 'output' });
    }
  }

  modelRetried({ model }: { readonly model: string }): void {
    this.#on.modelRetries.add(1, { 'gen_ai.request.model': this.#models.of(model) });
  }

  toolCalled({ tool, outcome, milliseconds }: ObservedToolCall): void {
    this.#on.modelDuration.record(inSeconds(milliseconds), {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': this.#tools.of(tool),
      ...failure(outcome),
    });
  }

  statementsRan({ names, outcome, milliseconds }: ObservedStatements): void {
    this.#on.statements.record(inSeconds(milliseconds), {
      'db.system.name': 'postgresql',
      'db.query.summary': this.#statements.of(names.join(' ')),
      ...failure(outcome),
    });
  }

  connectionAwaited({
    outcome,
    milliseconds,
  }: {
    readonly outcome: ObservedOutcome;
    readonly milliseconds: number;
  }): void {
    this.#on.connectionWait.record(inSeconds(milliseconds), failure(outcome));
  }

  maintained({ task, outcome, milliseconds, count }: ObservedMaintenance): void {
    const known = { 'chatkit.task': this.#tasks.of(task) };
    this.#on.maintenance.record(inSeconds(milliseconds), { ...known, 'chatkit.outcome': outcome });
    if (count !== undefined) this.#on.maintained.add(count, known);
  }

  retained({ threads, items, files }: ObservedRemoval): void {
    this.#on.retained.add(threads, { 'chatkit.kind': 'thread' });
    this.#on.retained.add(items, { 'chatkit.kind': 'item' });
    this.#on.retained.add(files, { 'chatkit.kind': 'file' });
  }
}

function inSeconds(milliseconds: number): number {
  return milliseconds / 1000;
}

/** As the conventions have it: only what did not succeed has a type of error. */
function failure(outcome: ObservedOutcome): { 'error.type'?: string } {
  return outcome === 'completed' ? {} : { 'error.type': outcome };
}
