import {
  GuardrailExecutionError,
  InputGuardrailTripwireTriggered,
  OutputGuardrailTripwireTriggered,
} from '@openai/agents';
import type { RunStreamEvent } from '@openai/agents';
import type { ThreadItem, ThreadStreamEvent } from '../../chatkit/core/index.js';
import type { AgentContext } from './agent-context.js';
import { ModelEvents } from '../convert/model-events.js';
import { MessageWriter } from '../convert/message-writer.js';
import { ResponseStreamConverter } from '../convert/response-stream-converter.js';
import { mergeEvents } from './merge-events.js';
import type { Backpressure } from '../model/backpressure.js';
import { ToolCalls, type IdSource } from './tool-calls.js';
import { RunOutput } from './run-output.js';

/** The part of the SDK's streamed result that is needed; any StreamedRunResult fits. */
export interface AgentRun extends AsyncIterable<RunStreamEvent> {
  readonly completed: Promise<void>;
  readonly cancelled: boolean;
}

/** How a run is converted. */
export interface StreamAgentResponseOptions {
  /**
   * Where the ids of messages and tool calls come from: `own` mints them with the store, `model` keeps
   * those of the Responses API, as the reference does. Default `own`: ids of other providers repeat.
   */
  readonly ids?: IdSource;
  /** How citations and images are shown. */
  readonly converter?: ResponseStreamConverter;
  /** Told of every event taken, so that the model need not run ahead. */
  readonly flow?: Backpressure;
  /** The thread's newest items, newest first, if they are at hand; otherwise two are loaded. */
  readonly newest?: readonly ThreadItem[];
}

/**
 * Converts a streamed run into events of a thread, those that its tools send among them. Every delta
 * comes out once, whether the model gives events of the Responses API or only the SDK's own. Ends when
 * the run has ended, early when it was cancelled, and lets go of the run when the consumer leaves.
 * Follows `stream_agent_response` of the reference.
 *
 * @throws what the run failed with, after everything that came before it; when a guardrail has tripped
 *   or failed, what was shown is taken back first
 */
export async function* streamAgentResponse(
  context: AgentContext<unknown>,
  run: AgentRun,
  { ids = 'own', converter = new ResponseStreamConverter(), flow, newest }: StreamAgentResponseOptions = {},
): AsyncGenerator<ThreadStreamEvent, void, undefined> {
  keepEventsBeforeFailure(run);
  const open = (modelId?: string): MessageWriter =>
    new MessageWriter(ids === 'model' && modelId ? modelId : context.generateId('message'), context);
  const model = new ModelEvents(context, open, converter);
  const turn = new RunOutput(context);
  const calls = new ToolCalls(context, ids);
  // whoever reads the run learns of its failure; nobody else has to
  run.completed.catch(() => undefined);
  try {
    await turn.resume(newest);
  } catch (error) {
    void run[Symbol.asyncIterator]().return?.();
    throw error;
  }
  try {
    for await (const { from, event } of mergeEvents(run, context.events)) {
      if (from === 'tool') {
        yield* turn.fromTool(event);
      } else if (event.type === 'raw_model_stream_event') {
        flow?.received();
        for (const converted of await model.convert(event.data)) yield* turn.fromModel(converted);
      } else if (event.type === 'run_item_stream_event' && event.name === 'tool_called') {
        calls.called(event.item.rawItem);
      }
    }
    // a cancelled run completes when its model lets go, which nobody has to wait for
    if (run.cancelled) return;
    await run.completed;
  } catch (error) {
    if (isRefusal(error)) yield* turn.takenBack(calls.ids);
    throw error;
  }
  await turn.keepWorkflow();
  yield* calls.handedOver();
}

/** Whether a guardrail has tripped; one that could not judge lets nothing through either. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof GuardrailExecutionError ||
    error instanceof InputGuardrailTripwireTriggered ||
    error instanceof OutputGuardrailTripwireTriggered
  );
}

/**
 * A failing run drops the events nobody has read yet, unless told to keep them. The method is not in
 * the SDK's types; without it, deltas just before a failure may be missing.
 */
function keepEventsBeforeFailure(run: object): void {
  const keep: unknown = Reflect.get(run, '_preserveQueuedItemsOnError');
  if (typeof keep === 'function') Reflect.apply(keep, run, []);
}
