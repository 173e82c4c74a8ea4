import { isLocal } from './apply.js';
import { ChatKitFailure, asError, asFailure } from './failure.js';
import { filled, record, text } from './json.js';
import type { Options } from './options.js';
import { readItem } from './read-items.js';
import { isBusy } from './state.js';
import type { ChatState, FeedbackKind } from './state.js';
import type { Store } from './store.js';
import type { Transport } from './transport.js';
import type { Turns } from './turns.js';
import type { WidgetItem } from './wire.js';

export interface ActionsHost {
  readonly state: Store<ChatState>;
  readonly options: Store<Options>;
  readonly transport: Transport;
  readonly turns: Turns;
  readonly signal: () => AbortSignal;
  report(error: Error): void;
  log(name: string, data?: Record<string, unknown>): void;
}

/** An action as a widget configures it, read tolerantly. */
export interface ActionConfig {
  readonly type: string;
  readonly payload: unknown;
  readonly handler: 'server' | 'client';
  readonly loadingBehavior: 'auto' | 'none' | 'self' | 'container';
  readonly streaming: boolean;
}

export function readAction(value: unknown): ActionConfig | undefined {
  const action = record(value);
  const type = filled(action.type);
  if (type === undefined) return undefined;
  const loading = (['none', 'self', 'container'] as const).find((word) => word === action.loadingBehavior);
  return {
    type,
    payload: action.payload ?? undefined,
    handler: action.handler === 'client' ? 'client' : 'server',
    loadingBehavior: loading ?? 'auto',
    streaming: action.streaming !== false,
  };
}

/** An answer to a question of a structured input. */
export type Answers = Readonly<Record<string, { values: readonly string[]; skipped: boolean }>>;

/** What users do to a thread besides writing: retry, rate, act in widgets, answer questions. */
export class Actions {
  constructor(private readonly host: ActionsHost) {}

  /** Answers the user message again; everything after it goes, as it does on the server. */
  async retry(userMessageId: string): Promise<void> {
    const { state, turns } = this.host;
    const { threadId, items } = state.value;
    const known = items.some((item) => item.type === 'user_message' && item.id === userMessageId);
    if (isBusy(state.value) || threadId === null || !known) return;
    this.host.log('message.action', { action: 'retry' });
    const params = { thread_id: threadId, item_id: userMessageId };
    const request = { type: 'threads.retry_after_item' as const, params, after: userMessageId };
    await turns.start(request).finished.catch(() => undefined);
  }

  async retryLast(): Promise<void> {
    const last = this.host.state.value.items.findLast(
      (item) => item.type === 'user_message' && !isLocal(item),
    );
    if (last) await this.retry(last.id);
  }

  /** Rates a turn; the mark goes back to what it was when the server refuses. */
  async rate(itemIds: readonly string[], kind: FeedbackKind): Promise<void> {
    const { state, transport, signal } = this.host;
    const key = itemIds[0];
    const { threadId, feedback } = state.value;
    if (key === undefined || threadId === null || feedback[key] === kind) return;
    this.host.log('message.action', { action: `feedback.${kind}` });
    state.update((value) => ({ ...value, feedback: { ...value.feedback, [key]: kind } }));
    const params = { thread_id: threadId, item_ids: itemIds, kind };
    try {
      await transport.request({ type: 'items.feedback', params }, signal());
    } catch (thrown) {
      state.update((value) => {
        const { [key]: _, ...others } = value.feedback;
        const before = feedback[key];
        return { ...value, feedback: before ? { ...others, [key]: before } : others };
      });
      this.host.report(asFailure(thrown));
    }
  }

  /**
   * Sends an action to the server and resolves when its response has ended.
   *
   * @throws ChatKitFailure without an active thread, while a response runs, and when the response fails
   */
  async send(value: unknown, itemId?: string): Promise<void> {
    const { state, turns } = this.host;
    const action = readAction(value);
    if (!action) throw new ChatKitFailure('rejected', 'An action needs a type');
    if (isBusy(state.value)) throw new ChatKitFailure('rejected', 'A response is still running');
    await turns.start({ type: 'threads.custom_action', params: this.#params(action, itemId) }).finished;
  }

  /** Runs an action of a widget the way its configuration asks for. Failures are reported, never thrown. */
  async runFromWidget(action: ActionConfig, item: WidgetItem, widgetType: string): Promise<void> {
    const { type: actionType, handler } = action;
    this.host.log('widget.action', { widgetType, actionType, handler });
    try {
      if (handler === 'client') await this.#client(action, item);
      else if (action.streaming) await this.send(action, item.id);
      else await this.#sync(action, item.id);
    } catch (thrown) {
      // What failed inside a turn has been reported there.
      if (!(thrown instanceof ChatKitFailure) || thrown.code === 'rejected')
        this.host.report(asError(thrown));
    }
  }

  async answer(itemId: string, status: 'answered' | 'skipped', answers: Answers): Promise<void> {
    const { state, turns } = this.host;
    const { threadId } = state.value;
    if (threadId === null || isBusy(state.value)) return;
    const params = { thread_id: threadId, item_id: itemId, input: { status, answers } };
    await turns.start({ type: 'threads.add_structured_input', params }).finished.catch(() => undefined);
  }

  async #client(action: ActionConfig, item: WidgetItem): Promise<void> {
    const handle = this.host.options.value.onWidgetAction;
    if (!handle) throw new ChatKitFailure('rejected', `No widgets.onAction handler for "${action.type}"`);
    const { type, payload } = action;
    const given = payload === undefined ? { type } : { type, payload: payload as Record<string, unknown> };
    await handle(given, { id: item.id, widget: item.widget as never });
  }

  async #sync(action: ActionConfig, itemId: string): Promise<void> {
    const { state, transport, signal } = this.host;
    const request = { type: 'threads.sync_custom_action' as const, params: this.#params(action, itemId) };
    try {
      const answer = record(await transport.request(request, signal()));
      const updated = readItem(answer.updated_item);
      if (!updated) return;
      state.update((value) => ({
        ...value,
        items: value.items.map((item) => (item.id === updated.id ? updated : item)),
      }));
    } catch (thrown) {
      this.host.report(asFailure(thrown));
    }
  }

  #params(action: ActionConfig, itemId: string | undefined): Record<string, unknown> {
    const { threadId } = this.host.state.value;
    if (threadId === null) throw new ChatKitFailure('rejected', 'There is no active thread');
    const { type, payload } = action;
    const sent = payload === undefined ? { type } : { type, payload };
    return { thread_id: threadId, action: sent, ...(text(itemId) === undefined ? {} : { item_id: itemId }) };
  }
}
