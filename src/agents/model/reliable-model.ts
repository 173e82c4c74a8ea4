import { ModelBehaviorError } from '@openai/agents';
import type {
  AgentOutputItem,
  Model,
  ModelRequest,
  ModelResponse,
  ModelRetryAdvice,
  ModelRetryAdviceRequest,
  StreamEvent,
} from '@openai/agents';
import type { Meter } from '../usage/meter.js';
import type { RunFeed } from '../run/run-feed.js';
import { INTERRUPTED, Interruptible } from '../../chatkit/core/stream/interruptible.js';
import { CutAnswer, cutCode } from './cut-answer.js';
import { observed } from '../../common/observer/observed.js';
import type { ObservedOutcome } from '../../common/observer/observer.port.js';
import { withCallIds } from './call-ids.js';

/** How one call of a model has ended. */
export interface ModelCall {
  readonly outcome: ObservedOutcome;
  readonly milliseconds: number;
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
}

/**
 * A model that keeps five promises whichever model it wraps: it stops when its signal fires, even if the
 * wrapped one does not listen; it does not run ahead of its reader; its calls have ids that differ; an
 * answer without text ends the run, where the runner would otherwise ask again and again until it runs out
 * of turns; and what it fails with knows the provider's code.
 */
export class ReliableModel implements Model {
  /**
   * @param feed takes events past the runner, which gets whole responses alone; without it the runner gets all events
   * @param meter told of every call
   * @param onCall called when a call has ended
   */
  constructor(
    readonly inner: Model,
    private readonly feed?: RunFeed,
    private readonly meter?: Meter,
    private readonly onCall?: (call: ModelCall) => void,
  ) {}

  async getResponse(request: ModelRequest): Promise<ModelResponse> {
    this.meter?.asked();
    let usage: Tokens | undefined;
    const response = await observed(
      async () => {
        const answer = await this.inner.getResponse(request);
        usage = answer.usage;
        return answer;
      },
      (end) => this.onCall?.({ ...end, ...tokensOf(usage) }),
      request.signal,
    );
    this.meter?.answered(response.usage);
    return { ...response, output: concluded(withCallIds(response.output, request.input)) };
  }

  async *getStreamedResponse(request: ModelRequest): AsyncGenerator<StreamEvent, void, undefined> {
    const { feed, meter } = this;
    const { signal } = request;
    meter?.asked();
    const begun = performance.now();
    let code: unknown;
    let usage: Tokens | undefined;
    let outcome: ObservedOutcome = 'stopped';
    const events = new Interruptible(this.inner.getStreamedResponse(request), signal);
    try {
      for (;;) {
        const next = await events.next();
        if (next === INTERRUPTED || feed?.isClosed === true) {
          throw new DOMException('The model call was aborted', 'AbortError');
        }
        if (next.done === true) break;
        const event = next.value;
        meter?.received(event);
        let room: Promise<void> | undefined;
        if (event.type === 'response_done') {
          usage = event.response.usage;
          const done = finished(event, request);
          // what tools send is caused by it
          room = feed?.push(done);
          yield done;
        } else {
          if (event.type === 'model') code = cutCode(event.event) ?? code;
          if (feed === undefined || feed.isJudged) yield event;
          room = feed?.push(event);
        }
        if (room !== undefined) await room;
      }
      outcome = 'completed';
    } catch (error) {
      if (signal?.aborted !== true && feed?.isClosed !== true) outcome = 'failed';
      throw code !== undefined && error instanceof ModelBehaviorError ? new CutAnswer(code, error) : error;
    } finally {
      events.close();
      this.onCall?.({ outcome, milliseconds: performance.now() - begun, ...tokensOf(usage) });
    }
  }

  getRetryAdvice(
    args: ModelRetryAdviceRequest,
  ): Promise<ModelRetryAdvice | undefined> | ModelRetryAdvice | undefined {
    return this.inner.getRetryAdvice?.(args);
  }
}

type Tokens = Pick<ModelCall, 'inputTokens' | 'outputTokens'>;

function tokensOf({ inputTokens, outputTokens }: Tokens = {}): Tokens {
  return { inputTokens, outputTokens };
}

type Done = Extract<StreamEvent, { type: 'response_done' }>;

function finished(event: Done, { input }: ModelRequest): Done {
  const { response } = event;
  return { ...event, response: { ...response, output: concluded(withCallIds(response.output, input)) } };
}

/** Whether the runner has nothing to do for this item before the model may go on. */
function isSettled(item: AgentOutputItem): boolean {
  if (item.type === 'hosted_tool_call') return item.name !== 'mcp_approval_request';
  return item.type === undefined || item.type === 'message' || item.type === 'reasoning';
}

/** The output, ended with an empty message if there is neither a text nor anything left to run. */
function concluded<T extends AgentOutputItem>(output: readonly T[]): (T | typeof EMPTY)[] {
  const last = output.findLast((item) => item.type === 'message');
  const content = last?.type === 'message' && Array.isArray(last.content) ? last.content.at(-1) : undefined;
  const hasEnd = content?.type === 'output_text' || content?.type === 'refusal';
  return hasEnd || !output.every(isSettled) ? [...output] : [...output, EMPTY];
}

const EMPTY = {
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text: '' }],
} satisfies AgentOutputItem;
