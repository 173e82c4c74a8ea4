import { InvalidStateError } from '../../chatkit/core/errors.js';
import type { ClientToolCallItem, ThreadItem } from '../../chatkit/core/wire/items.js';
import type { Transaction } from '../unit-of-work/transaction.js';
import { found } from './checks.js';
import { itemColumns } from './columns.js';
import { deleteItems, newestItems, replaceItem, type OwnThread } from './item-statements.js';
import { lockThread } from './thread-statements.js';

/** How many of the newest items are searched for tool calls left pending. */
const CLEANUP_WINDOW = 20;

/**
 * Completes the pending call that is the thread's last item and removes older ones that nobody will answer.
 * The thread stays locked from the look at its items to the change, so that two answers cannot both win.
 *
 * @throws NotFoundError without the thread
 * @throws InvalidStateError when its last item is no pending call
 */
export async function completePendingCall(
  transaction: Transaction,
  owner: OwnThread,
  output: unknown,
): Promise<ClientToolCallItem> {
  const [thread, newest] = await transaction.query(
    lockThread(...owner),
    newestItems(...owner, CLEANUP_WINDOW),
  );
  found('Thread', thread.rows[0]);
  const [last, ...others] = newest.rows.map(({ data }) => data as ThreadItem);
  if (!isPending(last)) {
    throw new InvalidStateError('The last item of the thread is no pending client tool call');
  }
  const completed = { ...last, output, status: 'completed' } as const;
  const stale = others.filter(isPending).map(({ id }) => id);
  await transaction.finish(replaceItem(...owner, ...itemColumns(completed)), deleteItems(...owner, stale));
  return JSON.parse(JSON.stringify(completed)) as ClientToolCallItem;
}

function isPending(item: ThreadItem | undefined): item is ClientToolCallItem {
  return item?.type === 'client_tool_call' && item.status === 'pending';
}
