import type { RunStreamEvent, StreamEvent } from '@openai/agents';
import type { ThreadStreamEvent } from '../chatkit/core/index.js';
import type { AgentContext } from './agent-context.js';
import { MessageWriter } from './convert/message-writer.js';
import { isResponsesEvent, ResponsesConverter } from './convert/responses-events.js';
import { TextConverter } from './convert/text-events.js';
import type { Flow } from './model/flow.js';

/** The part of the SDK's streamed result that is needed; any StreamedRunResult fits. */
export interface AgentRun extends AsyncIterable<RunStreamEvent> {
  readonly completed: Promise<void>;
  readonly cancelled: boolean;
}

export interface StreamAgentResponseOptions {
  /**
   * Where the ids of messages come from: `own` mints them with the store, `model` keeps those of the
   * Responses API, as the reference does. Default `own`: ids of other providers repeat.
   */
  readonly ids?: 'own' | 'model';
  readonly clock?: () => Date;
  /** Told of every event taken, so that the model need not run ahead. */
  readonly flow?: Flow;
}

/**
 * Converts a streamed run into events of a thread. Every delta comes out once, whether the model gives
 * events of the Responses API or only the SDK's own. Ends when the run has ended, early when it was
 * cancelled, and lets go of the run when the consumer leaves.
 *
 * @throws what the run failed with, after everything that came before it
 */
export async function* streamAgentResponse(
  context: AgentContext,
  run: AgentRun,
  { ids = 'own', clock = () => new Date(), flow }: StreamAgentResponseOptions = {},
): AsyncGenerator<ThreadStreamEvent, void, undefined> {
  const open = (modelId?: string): MessageWriter =>
    new MessageWriter(ids === 'model' && modelId ? modelId : context.generateId('message'), context, clock);
  const convert = modelEventConverter(open);
  keepEventsBeforeFailure(run);
  for await (const event of run) {
    if (event.type !== 'raw_model_stream_event') continue;
    flow?.received();
    yield* convert(event.data);
  }
  // a cancelled run completes when its model lets go, which nobody has to wait for
  if (run.cancelled) run.completed.catch(() => undefined);
  else await run.completed;
}

function modelEventConverter(
  open: (modelId?: string) => MessageWriter,
): (event: StreamEvent) => Iterable<ThreadStreamEvent> {
  const responses = new ResponsesConverter(open);
  const text = new TextConverter(open);
  /** Whether the current response comes in events of the Responses API, which repeat in the SDK's own. */
  let detailed = false;
  return function* convert(event) {
    switch (event.type) {
      case 'response_started':
        detailed = false;
        break;
      case 'model':
        if (!isResponsesEvent(event.event)) break;
        detailed = true;
        yield* responses.convert(event.event);
        break;
      case 'output_text_delta':
        if (!detailed && !isResponsesEvent(event.providerData)) yield* text.delta(event.delta);
        break;
      case 'response_done':
        if (!detailed) yield* text.done(event);
        break;
    }
  };
}

/**
 * A failing run drops the events nobody has read yet, unless told to keep them. The method is not in
 * the SDK's types; without it, deltas just before a failure may be missing.
 */
function keepEventsBeforeFailure(run: object): void {
  const keep: unknown = Reflect.get(run, '_preserveQueuedItemsOnError');
  if (typeof keep === 'function') Reflect.apply(keep, run, []);
}
