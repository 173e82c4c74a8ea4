import type { Store } from '../store/store.js';
import type { Action } from '../wire/actions.js';
import type { ThreadStreamEvent } from '../wire/events.js';
import type { ThreadItem, WidgetItem } from '../wire/items.js';
import type { ThreadMetadata } from '../wire/threads.js';

/** An action that has reached the server, and what it is handled with. */
export interface ActionCall<TContext> {
  /** As handed to `respond()`: in a stream, assigned fields are saved and announced. */
  readonly thread: ThreadMetadata;
  /** Its payload is what the client sent: to be checked before it is used. */
  readonly action: Action;
  /** The widget it comes from; undefined when the page sent it. */
  readonly sender: WidgetItem | undefined;
  readonly store: Store<TContext>;
  readonly context: TContext;
}

/** What an action that waits for one answer is answered with. */
export interface SyncActionResult {
  /** Shown instead of the sender. Nothing is stored by itself. */
  readonly updatedItem?: ThreadItem | undefined;
}

/** Handlers of actions, found by the action's type. Each method gives undefined for a type it does not know. */
export interface ActionHandlers<TContext> {
  /** Handles an action whose answer streams (`threads.custom_action`). */
  stream(call: ActionCall<TContext>): AsyncIterable<ThreadStreamEvent> | undefined;
  /** Handles an action that waits for one answer (`threads.sync_custom_action`). */
  answer(call: ActionCall<TContext>): Promise<SyncActionResult> | undefined;
  /** Whether actions of that type are taken on a thread that is locked or closed, too. Default: none is. */
  takesInactive?(type: string): boolean;
}
