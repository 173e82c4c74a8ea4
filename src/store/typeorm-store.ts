import { InvalidStateError } from '../chatkit/core/errors.js';
import type { TenantScope } from '../chatkit/core/store/scope.js';
import type { PageQuery } from '../chatkit/core/store/page.js';
import { Store, type AddMessageOptions } from '../chatkit/core/store/store.js';
import { isStorableId, storableText } from '../chatkit/core/text.js';
import type { Attachment } from '../chatkit/core/wire/attachments.js';
import type { ClientToolCallItem, ThreadItem, UserMessageItem } from '../chatkit/core/wire/items.js';
import type { Page, ThreadMetadata } from '../chatkit/core/wire/threads.js';
import * as attachments from './rows/attachment-statements.js';
import * as items from './rows/item-statements.js';
import { found, foreignIsNotFound, known, storable } from './rows/checks.js';
import { bytesOf, itemColumns, threadColumns } from './rows/columns.js';
import { addFirstMessage, addNextMessage } from './rows/added-message.js';
import { itemPages, threadPages, threadWithItems } from './rows/page-statements.js';
import { boundsOf, itemsOf, threadsOf } from './rows/page.js';
import { completePendingCall } from './rows/tool-calls.js';
import * as threads from './rows/thread-statements.js';
import { StoredLimits } from './stored-limits.js';
import type { UnitOfWork } from './unit-of-work/unit-of-work.js';

/** Limits of a store. */
export interface TypeOrmStoreOptions {
  /** Most entries a page holds; a greater limit gets this many and `has_more`. */
  readonly pageSizeMax: number;
  /** Most bytes of JSON a page holds, but for its first entry; what is cut is behind `has_more`. */
  readonly pageBytesMax: number;
}

/**
 * Conversations in PostgreSQL. Each method is one transaction and one round trip; updateThread and completeClientToolCall
 * are two, and so are createThread and addUserMessage where the message has attachments.
 *
 * @throws UnavailableError from every method while the database is not there
 */
export class TypeOrmStore extends Store<TenantScope> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly options: TypeOrmStoreOptions,
    private readonly stored = new StoredLimits(),
  ) {
    super();
  }

  override async loadThread(threadId: string, scope: TenantScope): Promise<ThreadMetadata> {
    known('Thread', threadId);
    const [{ rows }] = await this.unitOfWork.read(scope, threads.selectThread(...ownThread(scope, threadId)));
    return found('Thread', rows[0]).data as ThreadMetadata;
  }

  /** A thread that was deleted a moment ago is not created again: that is NotFoundError, too. */
  override async saveThread(thread: ThreadMetadata, scope: TenantScope): Promise<void> {
    storable('thread.id', thread.id);
    const owner = ownThread(scope, thread.id);
    const [, { rows }] = await this.unitOfWork
      .pipeline(scope, threads.lockThread(...owner), threads.upsertThread(...owner, ...threadColumns(thread)))
      .catch(foreignIsNotFound('Thread'));
    found('Thread', rows[0]);
  }

  override async updateThread(
    threadId: string,
    change: (thread: ThreadMetadata) => ThreadMetadata,
    scope: TenantScope,
  ): Promise<ThreadMetadata> {
    known('Thread', threadId);
    const owner = ownThread(scope, threadId);
    return this.unitOfWork.run(scope, async (transaction) => {
      // apart: the look comes after the wait for others
      const [, { rows }] = await transaction.query(
        threads.lockThread(...owner),
        threads.selectThread(...owner),
      );
      const changed = change(found('Thread', rows[0]).data as ThreadMetadata);
      await transaction.finish(threads.upsertThread(...owner, ...threadColumns(changed)));
      return changed;
    });
  }

  override async nameThread(
    threadId: string,
    title: string,
    scope: TenantScope,
  ): Promise<ThreadMetadata | undefined> {
    known('Thread', threadId);
    const owner = ownThread(scope, threadId);
    const [thread, { rows }] = await this.unitOfWork.pipeline(
      scope,
      threads.lockThread(...owner),
      threads.nameThread(...owner, storableText(title), JSON.stringify(title)),
    );
    found('Thread', thread.rows[0]);
    return rows[0]?.data as ThreadMetadata | undefined;
  }

  override async deleteThread(threadId: string, scope: TenantScope): Promise<void> {
    known('Thread', threadId);
    const [{ rows }] = await this.unitOfWork.pipeline(
      scope,
      threads.deleteThread(...ownThread(scope, threadId)),
    );
    found('Thread', rows[0]);
  }

  override async loadThreads(query: PageQuery, scope: TenantScope): Promise<Page<ThreadMetadata>> {
    const { order, after } = query;
    if (after !== undefined) known('Cursor', after);
    const owner = [scope.tenantId, scope.userId] as const;
    const bounds = boundsOf(query, this.options);
    const [{ rows }] = await this.unitOfWork.read(
      scope,
      after === undefined
        ? threadPages.first[order](...owner, ...bounds)
        : threadPages.after[order](...owner, ...bounds, after),
    );
    return threadsOf(found('Cursor', rows[0]));
  }

  override async loadThreadItems(
    threadId: string,
    query: PageQuery,
    scope: TenantScope,
  ): Promise<Page<ThreadItem>> {
    const { order, after } = query;
    known('Thread', threadId);
    const owner = ownThread(scope, threadId);
    const bounds = boundsOf(query, this.options);
    const [{ rows }] = await this.unitOfWork.read(
      scope,
      after === undefined
        ? itemPages.first[order](...owner, ...bounds)
        : itemPages.after[order](...owner, ...bounds, isStorableId(after) ? after : ''),
    );
    const row = found('Thread', rows[0]);
    found('Thread', row.thread ?? undefined);
    return itemsOf(row);
  }

  override async loadThreadWithItems(
    threadId: string,
    limit: number,
    scope: TenantScope,
  ): Promise<{ thread: ThreadMetadata; items: Page<ThreadItem> }> {
    known('Thread', threadId);
    const bounds = boundsOf({ limit }, this.options);
    const [{ rows }] = await this.unitOfWork.read(
      scope,
      threadWithItems(...ownThread(scope, threadId), ...bounds),
    );
    const row = found('Thread', rows[0]);
    const thread = found('Thread', row.thread ?? undefined);
    return { thread: JSON.parse(thread) as ThreadMetadata, items: itemsOf(row) };
  }

  override async loadItem(threadId: string, itemId: string, scope: TenantScope): Promise<ThreadItem> {
    known('Thread', threadId);
    const id = isStorableId(itemId) ? itemId : '';
    const [{ rows }] = await this.unitOfWork.read(scope, items.selectItem(...ownThread(scope, threadId), id));
    found('Thread', rows[0]);
    return found(
      'Item',
      rows.find(({ part }) => part === 'entry'),
    ).data as ThreadItem;
  }

  override async addThreadItem(threadId: string, item: ThreadItem, scope: TenantScope): Promise<void> {
    known('Thread', threadId);
    storable('item.id', item.id);
    const added = items.upsertItem(...ownThread(scope, threadId), ...itemColumns(item));
    const [{ rows }] = await this.unitOfWork.pipeline(scope, added);
    found('Thread', rows[0]);
  }

  /** The item's statement locks the thread, and the title's looks after the wait. */
  override async addItemAndName(
    threadId: string,
    item: ThreadItem,
    title: string,
    scope: TenantScope,
  ): Promise<ThreadMetadata | undefined> {
    known('Thread', threadId);
    storable('item.id', item.id);
    const owner = ownThread(scope, threadId);
    const [added, { rows }] = await this.unitOfWork.pipeline(
      scope,
      items.upsertItem(...owner, ...itemColumns(item)),
      threads.nameThread(...owner, storableText(title), JSON.stringify(title)),
    );
    found('Thread', added.rows[0]);
    return rows[0]?.data as ThreadMetadata | undefined;
  }

  override saveItem(threadId: string, item: ThreadItem, scope: TenantScope): Promise<void> {
    return this.addThreadItem(threadId, item, scope);
  }

  override async deleteThreadItem(threadId: string, itemId: string, scope: TenantScope): Promise<void> {
    known('Thread', threadId);
    const id = isStorableId(itemId) ? itemId : '';
    const [{ rows }] = await this.unitOfWork.pipeline(
      scope,
      items.deleteItem(...ownThread(scope, threadId), id),
    );
    found('Thread', rows[0]);
  }

  override async saveAttachment(attachment: Attachment, scope: TenantScope): Promise<void> {
    storable('attachment.id', attachment.id);
    const { tenantId, userId } = scope;
    const threadId = attachment.thread_id === undefined ? null : storableText(attachment.thread_id);
    const values = [attachment.id, threadId, JSON.stringify(attachment), bytesOf(attachment)] as const;
    const limit = await this.stored.check('files', scope);
    const [{ rows }] = await this.unitOfWork
      .pipeline(scope, attachments.upsertAttachment(tenantId, userId, ...values), ...limit.statements)
      .catch(limit.refused)
      .catch(foreignIsNotFound('Attachment'));
    found('Attachment', rows[0]);
  }

  override async loadAttachment(attachmentId: string, scope: TenantScope): Promise<Attachment> {
    known('Attachment', attachmentId);
    const [{ rows }] = await this.unitOfWork.read(
      scope,
      attachments.selectAttachment(scope.tenantId, scope.userId, attachmentId),
    );
    return found('Attachment', rows[0]).data as Attachment;
  }

  override async deleteAttachment(attachmentId: string, scope: TenantScope): Promise<void> {
    known('Attachment', attachmentId);
    const [{ rows }] = await this.unitOfWork.pipeline(
      scope,
      attachments.deleteAttachment(scope.tenantId, scope.userId, attachmentId),
    );
    found('Attachment', rows[0]);
  }

  override async loadAttachments(ids: readonly string[], scope: TenantScope): Promise<Attachment[]> {
    const [{ rows }] = await this.unitOfWork.read(
      scope,
      attachments.selectAttachments(scope.tenantId, scope.userId, ids.filter(isStorableId)),
    );
    const byId = new Map(rows.map(({ id, data }) => [id, data as Attachment]));
    return ids.map((id) => found('Attachment', byId.get(id)));
  }

  override async createThread(
    thread: ThreadMetadata,
    message: UserMessageItem,
    scope: TenantScope,
    from?: ReadonlyMap<string, string>,
  ): Promise<void> {
    storable('thread.id', thread.id);
    storable('item.id', message.id);
    const owner = ownThread(scope, thread.id);
    const created = threads.upsertThread(...owner, ...threadColumns(thread));
    const limit = await this.stored.check('threads', scope);
    const rows = await addFirstMessage(this.unitOfWork, scope, owner, created, {
      message,
      from,
      after: limit.statements,
    })
      .catch(limit.refused)
      .catch(foreignIsNotFound('Thread'));
    found('Thread', rows[0]);
  }

  override async addUserMessage(
    threadId: string,
    message: UserMessageItem,
    scope: TenantScope,
    { from, history = 0 }: AddMessageOptions = {},
  ): Promise<ThreadItem[]> {
    known('Thread', threadId);
    storable('item.id', message.id);
    const owner = ownThread(scope, threadId);
    const newest =
      history > 0 ? [itemPages.first.desc(...owner, ...boundsOf({ limit: history }, this.options))] : [];
    const [page] = await addNextMessage(this.unitOfWork, scope, owner, { message, from, after: newest });
    const [row] = page?.rows ?? [];
    return row === undefined ? [] : itemsOf(row).data;
  }

  override async completeClientToolCall(
    threadId: string,
    output: unknown,
    scope: TenantScope,
  ): Promise<ClientToolCallItem> {
    known('Thread', threadId);
    const owner = ownThread(scope, threadId);
    return this.unitOfWork.run(scope, (transaction) => completePendingCall(transaction, owner, output));
  }

  override async truncateAfterUserMessage(
    threadId: string,
    itemId: string,
    scope: TenantScope,
    except: readonly string[] = [],
  ): Promise<UserMessageItem | undefined> {
    known('Thread', threadId);
    const owner = ownThread(scope, threadId);
    const id = isStorableId(itemId) ? itemId : '';
    const [thread, { rows }] = await this.unitOfWork.pipeline(
      scope,
      threads.lockThread(...owner),
      items.selectItem(...owner, id),
      items.deleteAfterUserMessage(...owner, id, except.filter(isStorableId)),
    );
    found('Thread', thread.rows[0]);
    const item = rows.find(({ part }) => part === 'entry')?.data as ThreadItem | undefined;
    if (item !== undefined && item.type !== 'user_message') {
      throw new InvalidStateError('The item is not a user message');
    }
    return item;
  }
}

function ownThread({ tenantId, userId }: TenantScope, threadId: string): items.OwnThread {
  return [tenantId, userId, threadId];
}
