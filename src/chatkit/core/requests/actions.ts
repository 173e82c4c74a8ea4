import { InvalidStateError } from '../errors.js';
import { presentItem, publicItem } from '../serialise.js';
import { begun } from '../stream/begun.js';
import { runEvents } from '../stream/event-pipeline.js';
import type { Events } from '../stream/turn.js';
import type { ThreadItem } from '../wire/items.js';
import type { RequestOf } from '../wire/requests.js';
import type { Answer, Needs, RequestTurn } from './hooks.js';
import { asRefusal, PAYLOAD } from './parse.js';
import { assertActive } from './thread-status.js';

type ActionParams = RequestOf<'threads.custom_action' | 'threads.sync_custom_action'>['params'];

export async function* act<TContext>(turn: RequestTurn<TContext>, params: ActionParams): Events {
  const { hooks, observed, context } = turn;
  const sender = await senderOf(params, hooks, context);
  if (sender !== undefined && sender.type !== 'widget') {
    yield { type: 'error', code: 'stream.error', allow_retry: false };
    return;
  }
  const events = await begun(
    () => hooks.action(observed.thread, params.action, sender, context),
    (thrown) => asRefusal(thrown, PAYLOAD),
  );
  try {
    yield* runEvents(turn, () => events);
  } finally {
    // the client may have left before anybody asked for them
    events.return?.().catch(() => undefined);
  }
}

export const actSync: Answer<
  'threads.sync_custom_action',
  'store' | 'takesInactive' | 'syncAction' | 'presenter'
> = async (hooks, { params }, context, { enforceStatus = false }) => {
  const thread = await hooks.store.loadThread(params.thread_id, context);
  if (enforceStatus && !hooks.takesInactive(params.action)) assertActive(thread);
  const sender = await senderOf(params, hooks, context);
  if (sender !== undefined && sender.type !== 'widget') {
    throw new InvalidStateError('threads.sync_custom_action needs a widget as its sender');
  }
  try {
    const { updatedItem } = await hooks.syncAction(thread, params.action, sender, context);
    return { updated_item: updatedItem && publicItem(presentItem(updatedItem, hooks.presenter(context))) };
  } catch (error) {
    throw asRefusal(error, PAYLOAD);
  }
};

/** The item that an action comes from; undefined when the page sent it. */
async function senderOf<TContext>(
  { thread_id, item_id }: ActionParams,
  { store }: Needs<TContext, 'store'>,
  context: TContext,
): Promise<ThreadItem | undefined> {
  return item_id ? store.loadItem(thread_id, item_id, context) : undefined;
}
