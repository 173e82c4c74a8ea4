import type { Action, SyncActionResult, ThreadStreamEvent, WidgetItem } from '../../chatkit/core/index.js';
import type { AgentContext } from '../agent-context.js';
import { declare } from './declaration.js';

/** What a handler of an action may return: events, or nothing when it streams through the context. */
export type ActionResult = AsyncIterable<ThreadStreamEvent> | void | Promise<void>;

/** What a handler of an action that waits for one answer may return. */
export type SyncResult = SyncActionResult | void | Promise<SyncActionResult | void>;

type Handler<R> = (action: Action, sender: WidgetItem | undefined, context: AgentContext) => R;
type Decorator<R> = <M extends Handler<R>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<M>,
) => void;

/**
 * Makes a method of a provider react to actions of this type: those of widgets (`sender` is the widget) and
 * those of the page (`sender` is undefined). It yields events or sends them through the context. The payload
 * is what the client sent, to be checked first.
 *
 * With `sync` it reacts to those that wait for one answer (`streaming: false` in the widget) and gives the
 * item to show instead of the sender, if any. Nothing is stored by itself, and there is no stream to send to.
 *
 * Each type has one handler, or one of either kind.
 */
export function ChatKitAction(type: string, options?: { readonly sync?: false }): Decorator<ActionResult>;
export function ChatKitAction(type: string, options: { readonly sync: true }): Decorator<SyncResult>;
export function ChatKitAction(type: string, { sync = false }: { readonly sync?: boolean } = {}) {
  return (target: object, key: string | symbol): void => declare(target, key, { kind: 'action', type, sync });
}
