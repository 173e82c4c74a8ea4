import {
  AttachmentStore,
  ChatKitServer,
  CustomStreamError,
  StreamError,
  generateId,
  streamWidget,
  threadItem,
  widgetRoot,
  type Action,
  type Attachment,
  type AttachmentCreateParams,
  type AudioInput,
  type FeedbackKind,
  type Store,
  type StreamOptions,
  type TenantScope,
  type ThreadItem,
  type ThreadMetadata,
  type ThreadStreamEvent,
  type UserMessageItem,
  type WidgetItem,
} from '../../src/chatkit/core/index.js';
import type { Operation, Scenario } from './scenario.js';
import { assign, parseEvent, STAMP } from './scripted-values.js';
import { mapStrings } from './symbols.js';

class ScriptedAttachments extends AttachmentStore<TenantScope> {
  override async createAttachment(input: AttachmentCreateParams): Promise<Attachment> {
    const common = {
      id: generateId('attachment'),
      name: input.name,
      mime_type: input.mime_type,
      upload_descriptor: {
        url: 'https://files.test/upload',
        method: 'PUT' as const,
        headers: { 'x-size': String(input.size) },
      },
      metadata: { secret: 'never on the wire' },
    };
    return input.mime_type.startsWith('image/')
      ? { ...common, type: 'image', preview_url: 'https://files.test/preview' }
      : { ...common, type: 'file' };
  }

  override async deleteAttachment(): Promise<void> {}
}

/** A server that does what a scenario's scripts say. */
export class ScriptedServer extends ChatKitServer<TenantScope> {
  /** Every call addFeedback saw. */
  readonly feedback: unknown[] = [];
  /** Settles when a script has come to its `wait`. */
  waiting = Promise.withResolvers<void>();
  readonly #scenario: Scenario;
  readonly #calls = new Map<string, number>();

  constructor(store: Store<TenantScope>, scenario: Scenario) {
    const attachments = scenario.options?.attachments === true;
    super(store, attachments ? { attachmentStore: new ScriptedAttachments() } : {});
    this.#scenario = scenario;
  }

  override getStreamOptions(): StreamOptions {
    return { allow_cancel: this.#scenario.options?.allow_cancel ?? true };
  }

  override respond(
    thread: ThreadMetadata,
    _message: UserMessageItem | undefined,
    scope: TenantScope,
  ): AsyncIterable<ThreadStreamEvent> {
    return this.#run('respond', thread, scope);
  }

  override action(
    thread: ThreadMetadata,
    action: Action,
    sender: WidgetItem | undefined,
    scope: TenantScope,
  ): AsyncIterable<ThreadStreamEvent> {
    return this.#has('action')
      ? this.#run('action', thread, scope)
      : super.action(thread, action, sender, scope);
  }

  override async syncAction(
    thread: ThreadMetadata,
    action: Action,
    sender: WidgetItem | undefined,
    scope: TenantScope,
  ): Promise<{ updatedItem?: ThreadItem }> {
    if (!this.#has('sync_action')) return super.syncAction(thread, action, sender, scope) as Promise<object>;
    const { updated_item } = within(thread, this.#next(this.#scenario.sync_action));
    return updated_item === undefined ? {} : { updatedItem: threadItem.parse({ ...STAMP, ...updated_item }) };
  }

  override async addFeedback(
    thread_id: string,
    item_ids: readonly string[],
    kind: FeedbackKind,
  ): Promise<void> {
    if (this.#has('add_feedback')) this.feedback.push({ thread_id, item_ids, kind });
  }

  override async transcribe(audio: AudioInput, scope: TenantScope): Promise<{ text: string }> {
    if (!this.#has('transcribe')) return super.transcribe(audio, scope);
    const { text } = this.#next(this.#scenario.transcribe);
    return { text: `${text} (${audio.mediaType}, ${audio.data.length} bytes)` };
  }

  #has(hook: string): boolean {
    return this.#scenario.options?.overrides?.includes(hook) ?? false;
  }

  /** The n-th call takes the n-th script, later calls the last one. */
  #next<T>(scripts: readonly T[] | undefined): T {
    const key = Object.entries(this.#scenario).find(([, value]) => value === scripts)?.[0] ?? '';
    const call = this.#calls.get(key) ?? 0;
    this.#calls.set(key, call + 1);
    const script = scripts?.[Math.min(call, scripts.length - 1)];
    if (script === undefined) throw new Error(`the scenario has no script for ${key}`);
    return script;
  }

  async *#run(
    hook: 'respond' | 'action',
    thread: ThreadMetadata,
    scope: TenantScope,
  ): AsyncGenerator<ThreadStreamEvent> {
    for (const operation of within(thread, this.#next(this.#scenario[hook]))) {
      yield* this.#perform(operation, thread, scope);
    }
  }

  async *#perform(
    op: Operation,
    thread: ThreadMetadata,
    scope: TenantScope,
  ): AsyncGenerator<ThreadStreamEvent> {
    if (op.emit !== undefined) yield parseEvent(op.emit);
    else if (op.thread !== undefined) assign(thread, op.thread);
    else if (op.store_item !== undefined) {
      await this.store.addThreadItem(thread.id, threadItem.parse({ ...STAMP, ...op.store_item }), scope);
    } else if (op.widget !== undefined) {
      yield* streamWidget(thread, widgetRoot.parse(op.widget), { copyText: op.copy_text ?? undefined });
    } else if (op.widget_states !== undefined) {
      yield* streamWidget(thread, states(op.widget_states), { copyText: op.copy_text ?? undefined });
    } else if (op.raise !== undefined) throw fault(op.raise);
    else if (op.wait === true) {
      this.waiting.resolve();
      await new Promise(() => undefined);
    } else throw new Error(`unknown operation ${JSON.stringify(op)}`);
  }
}

function within<T>(thread: ThreadMetadata, script: T): T {
  return mapStrings(script, (text) => text.replaceAll('$thread', thread.id)) as T;
}

async function* states(roots: unknown[]) {
  for (const root of roots) yield widgetRoot.parse(root);
}

function fault({ kind, message = 'boom', allow_retry }: NonNullable<Operation['raise']>): Error {
  const options = allow_retry === undefined ? {} : { allowRetry: allow_retry };
  if (kind === 'custom') return new CustomStreamError(message, options);
  if (kind === 'stream') return new StreamError('stream.error', options);
  return new Error(message);
}
