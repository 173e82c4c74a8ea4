import {
  AttachmentStore,
  ChatKitServer,
  type Attachment,
  type AttachmentCreateParams,
  type SyncActionResult,
  type TenantScope,
  type ThreadMetadata,
  type ThreadStreamEvent,
} from '../../../src/chatkit/core/index.js';

/** Files that are nowhere. */
export class NoFiles extends AttachmentStore<TenantScope> {
  override createAttachment({ name, mime_type }: AttachmentCreateParams): Promise<Attachment> {
    return Promise.resolve({ type: 'file', id: 'new', name, mime_type });
  }

  override async deleteAttachment(): Promise<void> {}
}

/** As a team writes one: answers with one message, and reacts to actions with one. */
export class CountedServer extends ChatKitServer<TenantScope> {
  override async *respond(
    thread: ThreadMetadata,
    _message: unknown,
    scope: TenantScope,
  ): AsyncGenerator<ThreadStreamEvent> {
    yield {
      type: 'thread.item.done',
      item: {
        type: 'assistant_message',
        id: this.store.generateItemId('message', thread, scope),
        thread_id: thread.id,
        created_at: this.now(),
        content: [{ type: 'output_text', text: 'Hello', annotations: [] }],
      },
    };
  }

  override action(
    thread: ThreadMetadata,
    _action: unknown,
    _sender: unknown,
    scope: TenantScope,
  ): AsyncIterable<ThreadStreamEvent> {
    return this.respond(thread, undefined, scope);
  }

  override syncAction(): Promise<SyncActionResult> {
    return Promise.resolve({});
  }

  override transcribe(): Promise<{ text: string }> {
    return Promise.resolve({ text: 'hi' });
  }
}
