import type { Action, ThreadItem, ThreadStreamEvent, WidgetItem } from '../../../src/chatkit/core/index.js';
import { ChatClient, type Turn } from '../../app/support/chat-client.js';
import { startAppOnOwnDatabase } from '../../app/support/own-database.js';

/** The application with its demonstration, and a member of each of the two example organisations. */
export async function openHouse() {
  const app = await startAppOnOwnDatabase({ CHATKIT_DEMO: 'true' });
  const member = (tenant: string, user: string, name: string) =>
    ChatClient.of(app.url, { tenant, user }, { name });
  return {
    ada: await member('org_aurora', 'user_ada', 'Ada Lindqvist'),
    clara: await member('org_borealis', 'user_clara', 'Clara Novak'),
    close: () => app.close(),
  };
}

/** The first item of that type that was finished in a turn. */
export function itemOf<T extends ThreadItem['type']>(turn: Turn, type: T): Extract<ThreadItem, { type: T }> {
  const found = turn.items.find((item) => item.type === type);
  if (found === undefined) throw new Error(`no ${type} among ${turn.items.map((item) => item.type).join()}`);
  return found as Extract<ThreadItem, { type: T }>;
}

export function eventsOf<T extends ThreadStreamEvent['type']>(
  { events }: Turn,
  type: T,
): Extract<ThreadStreamEvent, { type: T }>[] {
  return events.filter((event): event is Extract<ThreadStreamEvent, { type: T }> => event.type === type);
}

/** The actions of a widget, wherever in it they are. */
export function actionsOf({ widget }: WidgetItem): (Action & { handler?: string; streaming?: boolean })[] {
  const found: Action[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, entry] of Object.entries(value)) {
      if (/^on\w+Action$|^action$/.test(key)) found.push(entry as Action);
      else look(entry);
    }
  };
  look(widget);
  return found;
}

/** The request that a control of a widget sends. */
export function press(item: WidgetItem, type: string, values: object = {}, kind = 'custom_action'): object {
  const action = actionsOf(item).find((each) => each.type === type);
  if (action === undefined) throw new Error(`the widget has no action ${type}`);
  const payload = { ...(action.payload as object | undefined), ...values };
  return {
    type: `threads.${kind}`,
    params: { thread_id: item.thread_id, item_id: item.id, action: { type, payload } },
  };
}
