import type {
  Model,
  ModelRequest,
  ModelResponse,
  ModelRetryAdvice,
  ModelRetryAdviceRequest,
  StreamEvent,
} from '@openai/agents';
import { isRecord } from '../common/is-record.js';
import type { Redaction } from './redaction.js';

/**
 * A model that knows secrets from its instructions, and from whose output nobody else learns them: not the
 * user, the store, the tools or the model's later calls, however the text is split into deltas.
 */
export class RedactingModel implements Model {
  constructor(
    private readonly inner: Model,
    private readonly redaction: Redaction,
  ) {}

  async getResponse(request: ModelRequest): Promise<ModelResponse> {
    const response = await this.inner.getResponse(this.#clean(request));
    return { ...response, output: this.redaction.value(response.output) };
  }

  async *getStreamedResponse(request: ModelRequest): AsyncGenerator<StreamEvent, void, undefined> {
    const held = new Map<string, { readonly text: string; readonly say: (text: string) => StreamEvent }>();
    for await (const event of this.inner.getStreamedResponse(this.#clean(request))) {
      const piece = pieceOf(event);
      if (piece === undefined) {
        if (isEnd(event)) {
          for (const { text, say } of held.values()) yield say(text);
          held.clear();
        }
        yield this.redaction.value(event);
        continue;
      }
      const text = this.redaction.text((held.get(piece.key)?.text ?? '') + piece.delta);
      const kept = this.redaction.pending(text);
      if (kept === 0) held.delete(piece.key);
      else held.set(piece.key, { text: text.slice(text.length - kept), say: piece.say });
      if (kept < text.length) yield piece.say(text.slice(0, text.length - kept));
    }
  }

  getRetryAdvice(
    args: ModelRetryAdviceRequest,
  ): Promise<ModelRetryAdvice | undefined> | ModelRetryAdvice | undefined {
    return this.inner.getRetryAdvice?.(args);
  }

  #clean(request: ModelRequest): ModelRequest {
    return { ...request, input: this.redaction.value(request.input) };
  }
}

interface Part {
  /** Which text it is a piece of. */
  readonly key: string;
  readonly delta: string;
  /** The event with another piece. */
  readonly say: (delta: string) => StreamEvent;
}

/** The SDK repeats each event of a provider in one of its own, with the provider's inside. */
function pieceOf(event: StreamEvent): Part | undefined {
  if (event.type === 'output_text_delta') {
    const { providerData } = event;
    const inner = isDelta(providerData) ? providerData : undefined;
    return {
      key: `text ${inner === undefined ? '' : placeOf(inner)}`,
      delta: event.delta,
      say: (delta) => ({ ...event, delta, ...(inner && { providerData: { ...inner, delta } }) }),
    };
  }
  if (event.type !== 'model' || !isDelta(event.event)) return undefined;
  const inner = event.event;
  return {
    key: `model ${placeOf(inner)}`,
    delta: inner.delta,
    say: (delta) => ({ ...event, event: { ...inner, delta } }),
  };
}

function isDelta(event: unknown): event is { readonly delta: string } {
  return isRecord(event) && typeof event['delta'] === 'string';
}

function placeOf(event: object): string {
  const { type, item_id, content_index, summary_index } = event as Record<string, unknown>;
  return [type, item_id, content_index, summary_index].map(String).join(' ');
}

/** Whether the texts so far are complete. */
function isEnd(event: StreamEvent): boolean {
  if (event.type === 'response_done') return true;
  if (event.type !== 'model') return false;
  const inner: unknown = event.event;
  return (
    isRecord(inner) &&
    typeof inner['type'] === 'string' &&
    /\.(?:done|completed|incomplete)$/.test(inner['type'])
  );
}
