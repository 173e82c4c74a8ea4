import type { RequestContext } from '../auth/request-context.js';
import type { Store, StoreItemType, ThreadMetadata } from '../chatkit/core/index.js';

/** What a run, its tools and the conversion of its events have at hand: one thread, one request. */
export class AgentContext {
  constructor(
    /** As handed to respond(): assigned fields are saved and announced. */
    readonly thread: ThreadMetadata,
    readonly store: Store<RequestContext>,
    readonly requestContext: RequestContext,
  ) {}

  /** A new id for something that is about to be put in the thread. */
  generateId(type: StoreItemType): string {
    return type === 'thread'
      ? this.store.generateThreadId(this.requestContext)
      : this.store.generateItemId(type, this.thread, this.requestContext);
  }
}
