import { SpanKind, SpanStatusCode, trace, type Attributes, type Span, type Tracer } from '@opentelemetry/api';
import type {
  ChatKitObserver,
  ObservedEnd,
  ObservedModelCall,
  ObservedOutcome,
  ObservedRefusal,
  ObservedRequest,
  ObservedStatements,
  ObservedStep,
} from '../../common/observer/observer.port.js';
import { scopeAttributes, type TenantNaming } from './tenant-naming.js';

/** Hangs what happens below the span of the request that it is for; what belongs to none is not traced. */
export class TraceObserver implements ChatKitObserver {
  constructor(
    private readonly tracer: Tracer,
    private readonly naming: TenantNaming,
  ) {}

  requestBegan(request: ObservedRequest): void {
    trace.getActiveSpan()?.setAttributes({
      'chatkit.request.type': request.type,
      ...scopeAttributes(this.naming, request),
      ...(request.threadId !== undefined && { 'gen_ai.conversation.id': request.threadId }),
    });
  }

  firstEvent(): void {
    trace.getActiveSpan()?.addEvent('chatkit.first_event');
  }

  requestEnded(_request: ObservedRequest, { outcome, stop, events }: ObservedEnd): void {
    const span = trace.getActiveSpan();
    span?.setAttributes({
      'chatkit.outcome': outcome,
      ...(stop !== undefined && { 'chatkit.stop': stop }),
      ...(events !== undefined && { 'chatkit.stream.events': events }),
    });
    if (outcome === 'failed') span?.setStatus({ code: SpanStatusCode.ERROR });
  }

  requestRefused({ code }: ObservedRefusal): void {
    trace.getActiveSpan()?.setAttribute('error.type', code);
  }

  around<T>(step: ObservedStep, work: () => Promise<T>): Promise<T> {
    if (trace.getActiveSpan() === undefined) return work();
    const { name, attributes } = stepSpan(step);
    return this.tracer.startActiveSpan(name, { kind: SpanKind.INTERNAL, attributes }, async (span) => {
      try {
        return await work();
      } catch (error) {
        // not what it says: that may quote what a user has written
        fail(span, error instanceof Error ? error.name : typeof error);
        throw error;
      } finally {
        span.end();
      }
    });
  }

  modelCalled({ model, provider, purpose, inputTokens, outputTokens, ...end }: ObservedModelCall): void {
    if (!isRecording()) return;
    this.#past(`chat ${model}`, end, {
      'gen_ai.operation.name': 'chat',
      ...(provider !== undefined && { 'gen_ai.provider.name': provider }),
      'gen_ai.request.model': model,
      'chatkit.purpose': purpose,
      ...(inputTokens !== undefined && { 'gen_ai.usage.input_tokens': inputTokens }),
      ...(outputTokens !== undefined && { 'gen_ai.usage.output_tokens': outputTokens }),
    });
  }

  modelRetried({ model }: { readonly model: string }): void {
    trace.getActiveSpan()?.addEvent('chatkit.model.retry', { 'gen_ai.request.model': model });
  }

  statementsRan({ names, ...end }: ObservedStatements): void {
    if (!isRecording()) return;
    const summary = names.join(' ');
    this.#past(summary, end, {
      'db.system.name': 'postgresql',
      'db.query.summary': summary,
      ...(names.length > 1 && { 'db.operation.batch.size': names.length }),
    });
  }

  /** A span for what has just ended. */
  #past(
    name: string,
    { outcome, milliseconds }: { readonly outcome: ObservedOutcome; readonly milliseconds: number },
    attributes: Attributes,
  ): void {
    const now = Date.now();
    const span = this.tracer.startSpan(name, {
      kind: SpanKind.CLIENT,
      startTime: now - milliseconds,
      attributes,
    });
    if (outcome !== 'completed') fail(span, outcome);
    span.end(now);
  }
}

/** Whether what happens now belongs to a request that is traced: what nobody gets is not described. */
function isRecording(): boolean {
  return trace.getActiveSpan()?.isRecording() === true;
}

function stepSpan(step: ObservedStep): { readonly name: string; readonly attributes: Attributes } {
  switch (step.kind) {
    case 'authentication':
      return { name: 'authenticate', attributes: {} };
    case 'tool':
      return {
        name: `execute_tool ${step.tool}`,
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': step.tool,
          ...(step.server !== undefined && { 'chatkit.mcp.server': step.server }),
        },
      };
    default:
      return step satisfies never;
  }
}

function fail(span: Span, type: string): void {
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR });
}
