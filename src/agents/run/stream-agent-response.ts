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
import { RunFeed } from './run-feed.js';
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
  /** Where the events of the run's model are, when it gives them past the run. Default: in the run. */
  readonly feed?: RunFeed;
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
  {
    ids = 'own',
    converter = new ResponseStreamConverter(),
    feed: fed,
    newest,
  }: StreamAgentResponseOptions = {},
): AsyncGenerator<ThreadStreamEvent, void, undefined> {
  keepEventsBeforeFailure(run);
  const open = (modelId?: string): MessageWriter =>
    new MessageWriter(ids === 'model' && modelId ? modelId : context.generateId('message'), context);
  const model = new ModelEvents(context, open, converter);
  const turn = new RunOutput(context);
  const calls = new ToolCalls(context, ids);
  const feed = fed ?? new RunFeed();
  // whoever reads the run learns of its failure; nobody else has to
  run.completed.catch(() => undefined);
  feed.open(run, context.events, fed === undefined);
  try {
    await turn.resume(newest);
    while (await feed.arrived()) {
      for (let next = feed.take(); next !== undefined; next = feed.take()) {
        if (next.type === 'tool') yield* sentByTool(context, turn);
        else if (next.type !== 'run_item_stream_event') {
          const converted = model.convert(next);
          for (const event of converted instanceof Promise ? await converted : converted) {
            for (const closing of turn.beforeModel(event)) yield closing;
            yield event;
          }
        } else if (next.name === 'tool_called') calls.called(next.item.rawItem);
      }
    }
    while (!context.events.isEmpty) yield* sentByTool(context, turn);
    // a cancelled run completes when its model lets go, which nobody has to wait for
    if (run.cancelled) return;
    await run.completed;
  } catch (error) {
    if (isRefusal(error)) yield* turn.takenBack(calls.ids);
    throw error;
  } finally {
    feed.close();
  }
  await turn.keepWorkflow();
  yield* calls.handedOver();
}

/** What a tool has sent, which goes on once it was passed on. */
function* sentByTool(context: AgentContext<unknown>, turn: RunOutput): Iterable<ThreadStreamEvent> {
  const waiting = context.events.next();
  if (waiting === undefined) return;
  try {
    yield* turn.fromTool(waiting.event);
  } finally {
    waiting.taken();
  }
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
