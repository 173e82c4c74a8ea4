import { NotFoundError } from '../../chatkit/core/errors.js';
import type { TenantScope } from '../../chatkit/core/store/scope.js';
import type { UserMessageItem } from '../../chatkit/core/wire/items.js';
import type { Results, Statement } from '../unit-of-work/statement.js';
import type { UnitOfWork } from '../unit-of-work/unit-of-work.js';
import { attachToThread } from './attachment-statements.js';
import { found } from './checks.js';
import { itemColumns } from './columns.js';
import { upsertItem, type OwnThread } from './item-statements.js';
import { lockThread } from './thread-statements.js';

/** A message of the user that is added to a thread. */
interface AddedMessage<After extends readonly Statement<unknown>[]> {
  readonly message: UserMessageItem;
  /** Threads that its attachments are copied from, by their ids. */
  readonly from: ReadonlyMap<string, string> | undefined;
  /** What runs behind it, in the same transaction. */
  readonly after: After;
}

/**
 * Makes a thread with its first message: one round trip, two where it has attachments.
 *
 * @returns what `created` does
 * @throws NotFoundError when an attachment is not there
 */
export async function addFirstMessage<Row>(
  unitOfWork: UnitOfWork,
  scope: TenantScope,
  owner: OwnThread,
  created: Statement<Row>,
  { message, from, after }: AddedMessage<readonly Statement<unknown>[]>,
): Promise<readonly Row[]> {
  const added = upsertItem(...owner, ...itemColumns(message));
  if (message.attachments.length === 0) {
    const [{ rows }] = await unitOfWork.pipeline(scope, created, added, ...after);
    return rows;
  }
  return unitOfWork.run(scope, async (transaction) => {
    const [{ rows }, given] = await transaction.query(created, attach(owner, message, from));
    allGiven(message, given.rows);
    await transaction.finish(added, ...after);
    return rows;
  });
}

/**
 * Adds a message to a thread that is there: one round trip, two where it has attachments.
 *
 * @returns what the statements behind it do
 * @throws NotFoundError without the thread or an attachment
 */
export async function addNextMessage<After extends readonly Statement<unknown>[]>(
  unitOfWork: UnitOfWork,
  scope: TenantScope,
  owner: OwnThread,
  { message, from, after }: AddedMessage<After>,
): Promise<Results<After>> {
  const added = upsertItem(...owner, ...itemColumns(message));
  const [{ rows }, ...results] =
    message.attachments.length === 0
      ? await unitOfWork.pipeline(scope, added, ...after)
      : await unitOfWork.run(scope, async (transaction) => {
          const [thread, given] = await transaction.query(lockThread(...owner), attach(owner, message, from));
          found('Thread', thread.rows[0]);
          allGiven(message, given.rows);
          return transaction.finish(added, ...after);
        });
  found('Thread', rows[0]);
  return results;
}

/** Gives the message's attachments to its thread. */
function attach(
  owner: OwnThread,
  { attachments: given }: UserMessageItem,
  from: ReadonlyMap<string, string> = new Map(),
): Statement<{ readonly id: string }> {
  return attachToThread(
    ...owner,
    given.map(({ id }) => id),
    given.map((attachment) => JSON.stringify(attachment)),
    given.map(({ id }) => from.get(id) ?? null),
  );
}

function allGiven({ attachments: wanted }: UserMessageItem, given: readonly unknown[]): void {
  if (given.length < wanted.length) throw new NotFoundError('Attachment');
}
