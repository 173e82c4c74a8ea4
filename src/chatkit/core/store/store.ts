import { NotFoundError } from '../errors.js';
import { generateId, type StoreItemType } from '../ids.js';
import type { Attachment } from '../wire/attachments.js';
import type { ClientToolCallItem, ThreadItem, UserMessageItem } from '../wire/items.js';
import type { Page, ThreadMetadata } from '../wire/threads.js';
import type { PageQuery } from './page.js';

/** What is wanted when a user's message is added. */
export interface AddMessageOptions {
  /** The threads that attachments may be taken from, by the attachment's id. Default: none. */
  readonly from?: ReadonlyMap<string, string> | undefined;
  /** How many of the newest items to give back; a store may give fewer when they are long. Default 0. */
  readonly history?: number;
}

/**
 * Where threads and items live, inside the caller's tenant and for the caller alone. Implementations
 * keep items in the order in which they were first added, whatever their timestamps say.
 *
 * Every method throws NotFoundError for what does not exist or is not the caller's, and resolves only
 * when the change is durable. Objects handed in and out are not shared with the store. Follows
 * `Store` of the reference; the last two methods make one transaction of what it does in several steps.
 */
export abstract class Store<TContext> {
  /** A new thread id. */
  generateThreadId(_context: TContext): string {
    return generateId('thread');
  }

  /** A new item id. */
  generateItemId(type: StoreItemType, _thread: ThreadMetadata, _context: TContext): string {
    return generateId(type);
  }

  /**
   * The thread, without its items.
   *
   * @throws {NotFoundError} also for a thread of somebody else
   */
  abstract loadThread(threadId: string, context: TContext): Promise<ThreadMetadata>;
  /** Creates the thread for the caller, or updates the caller's thread of that id. */
  abstract saveThread(thread: ThreadMetadata, context: TContext): Promise<void>;
  /**
   * Changes the thread as it is stored. Stores override it to do both in one step: several answers, and its
   * owner, may change a thread at the same moment, and none of them undoes what another has done.
   *
   * @param change given the stored thread, returns it changed; it may be called again
   * @returns the changed thread
   */
  async updateThread(
    threadId: string,
    change: (thread: ThreadMetadata) => ThreadMetadata,
    context: TContext,
  ): Promise<ThreadMetadata> {
    const changed = change(await this.loadThread(threadId, context));
    await this.saveThread(changed, context);
    return changed;
  }
  /**
   * Gives the thread a title if it has none. Stores override it to do both in one step: its owner may be
   * giving it one at the same moment.
   *
   * @returns the thread with the title; undefined when it had one
   */
  async nameThread(threadId: string, title: string, context: TContext): Promise<ThreadMetadata | undefined> {
    const thread = await this.loadThread(threadId, context);
    if (thread.title !== undefined) return undefined;
    const named = { ...thread, title };
    await this.saveThread(named, context);
    return named;
  }
  /** Deletes the thread, its items and the records of its attachments. */
  abstract deleteThread(threadId: string, context: TContext): Promise<void>;
  /** Ordered by creation. Throws NotFoundError for an unknown cursor. */
  abstract loadThreads(query: PageQuery, context: TContext): Promise<Page<ThreadMetadata>>;

  /** A page of its items, ordered by creation. */
  abstract loadThreadItems(threadId: string, query: PageQuery, context: TContext): Promise<Page<ThreadItem>>;
  /** One of its items. */
  abstract loadItem(threadId: string, itemId: string, context: TContext): Promise<ThreadItem>;
  /** Adds the item at the end; one with a known id is replaced where it stands. */
  abstract addThreadItem(threadId: string, item: ThreadItem, context: TContext): Promise<void>;
  /**
   * addThreadItem() and nameThread() at once. Stores override it to make it one transaction: the title comes with the
   * item, or not at all. It may be repeated when it is not known whether it was done.
   *
   * @returns as nameThread()
   */
  async addItemAndName(
    threadId: string,
    item: ThreadItem,
    title: string,
    context: TContext,
  ): Promise<ThreadMetadata | undefined> {
    await this.addThreadItem(threadId, item, context);
    return this.nameThread(threadId, title, context);
  }
  /** As addThreadItem. */
  abstract saveItem(threadId: string, item: ThreadItem, context: TContext): Promise<void>;
  /** Deleting an item that is not there is no error. */
  abstract deleteThreadItem(threadId: string, itemId: string, context: TContext): Promise<void>;

  /** Puts the record there, or in the place of the one with its id. */
  abstract saveAttachment(attachment: Attachment, context: TContext): Promise<void>;
  /** The record of an attachment. */
  abstract loadAttachment(attachmentId: string, context: TContext): Promise<Attachment>;
  /** Deletes the record; the file is the business of the `AttachmentStore`. */
  abstract deleteAttachment(attachmentId: string, context: TContext): Promise<void>;

  /** The attachments in that order. Stores override it to need one round trip. */
  loadAttachments(attachmentIds: readonly string[], context: TContext): Promise<Attachment[]> {
    return Promise.all(attachmentIds.map((id) => this.loadAttachment(id, context)));
  }

  /**
   * Creates a thread with the message it begins with, whose attachments belong to it from then on. Stores override it
   * to make it one transaction: there is no thread without its message.
   *
   * @throws NotFoundError as addUserMessage(); nothing is kept then
   */
  async createThread(
    thread: ThreadMetadata,
    message: UserMessageItem,
    context: TContext,
    from?: ReadonlyMap<string, string>,
  ): Promise<void> {
    await this.saveThread(thread, context);
    try {
      await this.addUserMessage(thread.id, message, context, { from });
    } catch (error) {
      // why it failed says more than that it could not be undone
      await this.deleteThread(thread.id, context).catch(() => undefined);
      throw error;
    }
  }

  /**
   * Adds a message whose attachments belong to its thread from then on, and saves those. Stores override it
   * to make it one transaction: of two threads that claim an attachment at the same moment, one gets it.
   *
   * @returns the newest items of the thread, newest first, of which the message is one: as many as were asked for
   * @throws NotFoundError when the thread or an attachment is not there, or belongs to any other thread;
   *   nothing is kept then
   */
  async addUserMessage(
    threadId: string,
    message: UserMessageItem,
    context: TContext,
    { from = new Map(), history = 0 }: AddMessageOptions = {},
  ): Promise<ThreadItem[]> {
    const ids = message.attachments.map(({ id }) => id);
    const stored = await this.loadAttachments(ids, context);
    const taken = stored.some(
      ({ id, thread_id = threadId }) => thread_id !== threadId && thread_id !== from.get(id),
    );
    if (taken) throw new NotFoundError('Attachment');
    await this.addThreadItem(threadId, message, context);
    for (const attachment of message.attachments) await this.saveAttachment(attachment, context);
    if (history === 0) return [];
    return (await this.loadThreadItems(threadId, { limit: history, order: 'desc' }, context)).data;
  }

  /** A thread and its first page of items, oldest first. Stores override it to need one round trip. */
  async loadThreadWithItems(
    threadId: string,
    limit: number,
    context: TContext,
  ): Promise<{ thread: ThreadMetadata; items: Page<ThreadItem> }> {
    const thread = await this.loadThread(threadId, context);
    return { thread, items: await this.loadThreadItems(threadId, { limit, order: 'asc' }, context) };
  }

  /**
   * In one transaction: completes the pending client tool call that is the thread's last item with
   * `output`, and deletes other pending ones among its newest 20 items.
   *
   * @throws InvalidStateError when the last item is no pending client tool call
   */
  abstract completeClientToolCall(
    threadId: string,
    output: unknown,
    context: TContext,
  ): Promise<ClientToolCallItem>;

  /**
   * In one transaction: deletes every item after the user message `itemId` and returns that message.
   * An id that is not in the thread gives undefined and deletes nothing.
   *
   * @param except ids of items that stay: those of answers that are still being written
   * @throws InvalidStateError when the item is no user message
   */
  abstract truncateAfterUserMessage(
    threadId: string,
    itemId: string,
    context: TContext,
    except?: readonly string[],
  ): Promise<UserMessageItem | undefined>;
}
