import type { Action, SyncActionResult, ThreadStreamEvent, WidgetItem } from '../../chatkit/core/index.js';
import type { AgentContext } from '../run/agent-context.js';
import { declare } from './declaration.js';

/** What a handler of an action may return: events, or nothing when it streams through the context. */
export type ActionResult = AsyncIterable<ThreadStreamEvent> | void | Promise<void>;

/** What a handler of an action that waits for one answer may return. */
export type SyncResult = SyncActionResult | void | Promise<SyncActionResult | void>;

type Handler<R, S> = (action: Action, sender: S, context: AgentContext) => R;
type Decorator<R, S = WidgetItem | undefined> = <M extends Handler<R, S>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<M>,
) => void;

interface ActionOptions {
  readonly sync?: boolean;
  readonly widget?: boolean;
  readonly inactive?: boolean;
}

/**
 * Makes a method of a provider react to actions of this type: those of widgets (`sender` is the widget) and
 * those of the page (`sender` is undefined). It yields events or sends them through the context. The payload
 * is what the client sent, to be checked first.
 *
 * With `sync` it reacts to those that wait for one answer (`streaming: false` in the widget) and gives the
 * item to show instead of the sender, if any. Nothing is stored by itself, and there is no stream to send to.
 *
 * With `widget` it reacts only to an action of a widget of the thread that offers an action of this type; any other
 * is refused with 400, naming `params.item_id`.
 *
 * With `inactive` it reacts on threads that are locked or closed, too: to open them again, for instance.
 *
 * Each type has one handler, or one of either kind.
 */
export function ChatKitAction(
  type: string,
  options: ActionOptions & { readonly sync?: false; readonly widget: true },
): Decorator<ActionResult, WidgetItem>;
export function ChatKitAction(
  type: string,
  options: ActionOptions & { readonly sync: true; readonly widget: true },
): Decorator<SyncResult, WidgetItem>;
export function ChatKitAction(
  type: string,
  options?: ActionOptions & { readonly sync?: false },
): Decorator<ActionResult>;
export function ChatKitAction(
  type: string,
  options: ActionOptions & { readonly sync: true },
): Decorator<SyncResult>;
export function ChatKitAction(
  type: string,
  { sync = false, widget = false, inactive = false }: ActionOptions = {},
) {
  return (target: object, key: string | symbol): void =>
    declare(target, key, { kind: 'action', type, sync, widget, inactive });
}
