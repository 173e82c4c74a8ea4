import type { Locator } from 'playwright-core';
import type { Chat, Script } from './harness.js';

export type WidgetAction = { readonly type: string; readonly payload?: Readonly<Record<string, unknown>> };

const BASE = { thread_id: 'thr_widget', created_at: '2026-01-01T00:00:00Z' };

/** Id of the item that shows the widget. */
export const WIDGET_ID = 'item_widget';

/** A picture of four by four. */
export const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGP4z8AARwzEcQCukw/x0F8jngAAAABJRU5ErkJggg==';

export const text = (value: string, more: object = {}): object => ({ type: 'Text', value, ...more });
export const card = (children: readonly object[], more: object = {}): object => ({
  type: 'Card',
  children,
  ...more,
});
/** A card with a form that a button sends. */
export const form = (children: readonly object[], more: object = {}): object => {
  const send = { type: 'Button', label: 'Save', submit: true };
  return card([{ type: 'Form', onSubmitAction: { type: 'save' }, children: [...children, send], ...more }]);
};

/** An event that brings the widget, or another one in its place. */
export function widgetEvent(widget: object, type = 'thread.item.done'): object {
  return { type, item: { ...BASE, id: WIDGET_ID, type: 'widget', widget } };
}

/** An event that changes the widget. */
export function updateEvent(update: object): object {
  return { type: 'thread.item.updated', item_id: WIDGET_ID, update };
}

/** Answers each message with the widget, and each action of it with what `onAction` gives. */
export function showingWidget(
  widget: object,
  onAction: (action: WidgetAction) => readonly object[] = () => [],
): Script {
  return (request) => {
    if (!request) return undefined;
    const { input, action } = request.params;
    if (typeof action === 'object') {
      const answer = onAction(action as WidgetAction);
      return [{ type: 'stream_options', stream_options: { allow_cancel: true } }, ...answer];
    }
    if (typeof input !== 'object') return undefined;
    const user = { ...BASE, ...input, type: 'user_message', id: 'item_user', attachments: [] };
    const thread = { id: BASE.thread_id, created_at: BASE.created_at, status: { type: 'active' } };
    return [
      { type: 'thread.created', thread: { ...thread, items: { data: [], has_more: false } } },
      { type: 'thread.item.done', item: user },
      widgetEvent(widget),
    ];
  };
}

/** Has the chat show the widget. */
export async function show(
  chat: Chat,
  widget: object,
  onAction?: (action: WidgetAction) => readonly object[],
): Promise<void> {
  await chat.script(showingWidget(widget, onAction));
  await chat.ask('Show it');
}

/** What the server was told of the action it was sent last. */
export async function sentAction(chat: Chat, count = 1): Promise<unknown> {
  return (await chat.request('threads.custom_action', count)).params['action'];
}

/** The values that went with the action that was sent last. */
export async function sentValues(chat: Chat, count = 1): Promise<unknown> {
  return ((await sentAction(chat, count)) as WidgetAction).payload;
}

/** The field with that label. */
export function field(chat: Chat, name: string): Locator {
  return chat.log.getByLabel(name, { exact: true });
}

/** The box of the component that holds the text. */
export function boxOf(chat: Chat, words: string): Locator {
  return chat.log.getByText(words, { exact: true }).locator('xpath=..');
}

/** Computed values of style properties. */
export async function styleOf(locator: Locator, ...names: readonly string[]): Promise<readonly string[]> {
  return locator.evaluate((element, wanted) => {
    const style = element.ownerDocument.defaultView?.getComputedStyle(element);
    return wanted.map((name) => style?.getPropertyValue(name) ?? '');
  }, names);
}
