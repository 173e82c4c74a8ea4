import { InvalidStateError, NotFoundError } from '../errors.js';
import type { Attachment } from '../wire/attachments.js';
import type { ClientToolCallItem, ThreadItem, UserMessageItem } from '../wire/items.js';
import type { Page, ThreadMetadata } from '../wire/threads.js';
import { pageOf, type PageQuery } from './page.js';
import { checkScope, scopeKey, type TenantScope } from './scope.js';
import { Store, type AddMessageOptions } from './store.js';

interface Owned {
  readonly threads: Map<string, StoredThread>;
  readonly attachments: Map<string, Attachment>;
}

interface StoredThread {
  metadata: ThreadMetadata;
  readonly items: Map<string, ThreadItem>;
}

/** How many of the newest items are searched for tool calls left pending. */
const CLEANUP_WINDOW = 20;

/** A store for tests and trials: everything is lost with the process. */
export class MemoryStore extends Store<TenantScope> {
  readonly #owners = new Map<string, Owned>();

  override async loadThread(threadId: string, scope: TenantScope): Promise<ThreadMetadata> {
    return copy(this.#thread(threadId, scope).metadata);
  }

  override async saveThread(thread: ThreadMetadata, scope: TenantScope): Promise<void> {
    const { threads } = this.#owned(scope);
    const known = threads.get(thread.id);
    if (known !== undefined) known.metadata = copy(thread);
    else if (this.#isTaken(thread.id, scope)) throw new NotFoundError('Thread');
    else threads.set(thread.id, { metadata: copy(thread), items: new Map() });
  }

  /** In one go, as nothing is awaited in between. */
  override async updateThread(
    threadId: string,
    change: (thread: ThreadMetadata) => ThreadMetadata,
    scope: TenantScope,
  ): Promise<ThreadMetadata> {
    const changed = copy(change(copy(this.#thread(threadId, scope).metadata)));
    await this.saveThread(changed, scope);
    return changed;
  }

  override async nameThread(
    threadId: string,
    title: string,
    scope: TenantScope,
  ): Promise<ThreadMetadata | undefined> {
    const { metadata } = this.#thread(threadId, scope);
    if (metadata.title !== undefined) return undefined;
    metadata.title = title;
    return copy(metadata);
  }

  override async deleteThread(threadId: string, scope: TenantScope): Promise<void> {
    const { threads, attachments } = this.#owned(scope);
    if (!threads.delete(threadId)) throw new NotFoundError('Thread');
    for (const { id, thread_id } of attachments.values()) if (thread_id === threadId) attachments.delete(id);
  }

  override async loadThreads(query: PageQuery, scope: TenantScope): Promise<Page<ThreadMetadata>> {
    const rows = [...this.#owned(scope).threads.values()].map((thread) => thread.metadata);
    return copy(pageOf(rows, query));
  }

  override async loadThreadItems(
    threadId: string,
    query: PageQuery,
    scope: TenantScope,
  ): Promise<Page<ThreadItem>> {
    return copy(pageOf([...this.#thread(threadId, scope).items.values()], query));
  }

  override async loadItem(threadId: string, itemId: string, scope: TenantScope): Promise<ThreadItem> {
    const item = this.#thread(threadId, scope).items.get(itemId);
    if (item === undefined) throw new NotFoundError('Item');
    return copy(item);
  }

  override async addThreadItem(threadId: string, item: ThreadItem, scope: TenantScope): Promise<void> {
    this.#thread(threadId, scope).items.set(item.id, copy(item));
  }

  /** In one go, as nothing is awaited in between. */
  override async addItemAndName(
    threadId: string,
    item: ThreadItem,
    title: string,
    scope: TenantScope,
  ): Promise<ThreadMetadata | undefined> {
    this.#thread(threadId, scope).items.set(item.id, copy(item));
    return this.nameThread(threadId, title, scope);
  }

  override saveItem(threadId: string, item: ThreadItem, scope: TenantScope): Promise<void> {
    return this.addThreadItem(threadId, item, scope);
  }

  override async deleteThreadItem(threadId: string, itemId: string, scope: TenantScope): Promise<void> {
    this.#thread(threadId, scope).items.delete(itemId);
  }

  override async saveAttachment(attachment: Attachment, scope: TenantScope): Promise<void> {
    this.#owned(scope).attachments.set(attachment.id, copy(attachment));
  }

  override async loadAttachment(attachmentId: string, scope: TenantScope): Promise<Attachment> {
    const attachment = this.#owned(scope).attachments.get(attachmentId);
    if (attachment === undefined) throw new NotFoundError('Attachment');
    return copy(attachment);
  }

  override async deleteAttachment(attachmentId: string, scope: TenantScope): Promise<void> {
    if (!this.#owned(scope).attachments.delete(attachmentId)) throw new NotFoundError('Attachment');
  }

  /** In one go, as nothing is awaited. */
  override async addUserMessage(
    threadId: string,
    message: UserMessageItem,
    scope: TenantScope,
    { from = new Map(), history = 0 }: AddMessageOptions = {},
  ): Promise<ThreadItem[]> {
    const { items } = this.#thread(threadId, scope);
    const { attachments } = this.#owned(scope);
    const free = (id: string): boolean => {
      const stored = attachments.get(id);
      if (stored === undefined) return false;
      const { thread_id = threadId } = stored;
      return thread_id === threadId || thread_id === from.get(id);
    };
    if (!message.attachments.every(({ id }) => free(id))) throw new NotFoundError('Attachment');
    items.set(message.id, copy(message));
    for (const attachment of message.attachments) attachments.set(attachment.id, copy(attachment));
    return copy([...items.values()].toReversed().slice(0, history));
  }

  override async completeClientToolCall(
    threadId: string,
    output: unknown,
    scope: TenantScope,
  ): Promise<ClientToolCallItem> {
    const { items } = this.#thread(threadId, scope);
    const newest = [...items.values()].slice(-CLEANUP_WINDOW);
    const last = newest.pop();
    if (!isPending(last))
      throw new InvalidStateError('The last item of the thread is no pending client tool call');
    const completed = copy<ClientToolCallItem>({ ...last, output, status: 'completed' });
    items.set(last.id, completed);
    for (const item of newest) if (isPending(item)) items.delete(item.id);
    return copy(completed);
  }

  override async truncateAfterUserMessage(
    threadId: string,
    itemId: string,
    scope: TenantScope,
    except: readonly string[] = [],
  ): Promise<UserMessageItem | undefined> {
    const { items } = this.#thread(threadId, scope);
    const message = items.get(itemId);
    if (message === undefined) return undefined;
    if (message.type !== 'user_message') throw new InvalidStateError('The item is not a user message');
    const ids = [...items.keys()];
    const kept = new Set(except);
    for (const id of ids.slice(ids.indexOf(itemId) + 1)) if (!kept.has(id)) items.delete(id);
    return copy(message);
  }

  #owned(scope: TenantScope): Owned {
    checkScope(scope);
    const key = scopeKey(scope);
    let owned = this.#owners.get(key);
    if (owned === undefined) this.#owners.set(key, (owned = { threads: new Map(), attachments: new Map() }));
    return owned;
  }

  #thread(threadId: string, scope: TenantScope): StoredThread {
    const thread = this.#owned(scope).threads.get(threadId);
    if (thread === undefined) throw new NotFoundError('Thread');
    return thread;
  }

  /** Thread ids are unique within a tenant. */
  #isTaken(threadId: string, { tenantId }: TenantScope): boolean {
    const prefix = `${JSON.stringify([tenantId]).slice(0, -1)},`;
    return [...this.#owners].some(([key, owned]) => key.startsWith(prefix) && owned.threads.has(threadId));
  }
}

/** Through JSON, as every store does: nothing is shared, and what JSON drops is dropped here too. */
function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function isPending(item: ThreadItem | undefined): item is ClientToolCallItem {
  return item?.type === 'client_tool_call' && item.status === 'pending';
}
