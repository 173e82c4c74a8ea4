import { cut } from '../cut.js';
import { StreamError, UnsupportedError } from '../errors.js';
import { jsonOf } from '../json-text.js';
import { silentLogger, type CoreLogger } from '../logger.js';
import type { ActionHandlers, SyncActionResult } from '../requests/action-handlers.js';
import type { History } from '../requests/history.js';
import type { AudioInput, ProcessOptions, RequestHooks } from '../requests/hooks.js';
import { parseRequest } from '../requests/parse.js';
import { answerPlain } from '../requests/plain-requests.js';
import { answerStreaming } from '../requests/streaming-requests.js';
import type { AttachmentStore } from '../store/attachment-store.js';
import type { FeedbackStore } from '../store/feedback-store.js';
import type { Store } from '../store/store.js';
import type { AnswersElsewhere } from '../stream/answers-elsewhere.js';
import { HeldSaves } from '../stream/held-saves.js';
import { hasText } from '../stream/pending-items.js';
import type { Events } from '../stream/turn.js';
import type { Action } from '../wire/actions.js';
import type { Attachment } from '../wire/attachments.js';
import type { StreamOptions, ThreadStreamEvent } from '../wire/events.js';
import type { ThreadItem, UserMessageItem, WidgetItem } from '../wire/items.js';
import {
  isStreamingRequest,
  type ChatKitRequest,
  type FeedbackKind,
  type UserMessageInput,
} from '../wire/requests.js';
import type { ThreadMetadata } from '../wire/threads.js';
import type { ChatKitServerOptions, MessageCheck, Transcriber } from './options.js';

/** What a request is answered with: one JSON text, or events to be pulled one by one. */
export type ProcessResult =
  | { readonly streaming: false; readonly json: string }
  | { readonly streaming: true; readonly events: Events };

/** Stored after a cancelled stream, so that the model does not go on where it was stopped. */
const CANCELLED = 'The user cancelled the stream. Stop responding to the prior request.';

/**
 * Speaks the ChatKit protocol over a store. Extend it and override `respond()`; the other hooks are
 * optional, and those without a sensible default say what to override when a client needs them.
 * Follows `ChatKitServer` of `openai-chatkit` 1.6.5; `docs/differences.md` lists where it differs.
 */
export abstract class ChatKitServer<TContext> implements RequestHooks<TContext> {
  readonly answersElsewhere: AnswersElsewhere | undefined;
  readonly attachmentStore: AttachmentStore<TContext> | undefined;
  /**
   * How many of the newest items `respond()` asks its history for: they come in the round trip that stores the message.
   * Default 0: they are loaded when they are asked for.
   */
  readonly historyLimit: number = 0;
  readonly logger: CoreLogger;
  /** Milliseconds for which what an answer has said is saved again while the store is unavailable. */
  readonly saveWithinMs: number;
  readonly #feedbackStore: FeedbackStore<TContext> | undefined;
  readonly #transcriber: Transcriber<TContext> | undefined;
  readonly #messageCheck: MessageCheck<TContext> | undefined;
  readonly #actions: ActionHandlers<TContext> | undefined;
  readonly #clock: () => Date;

  constructor(
    readonly store: Store<TContext>,
    options: ChatKitServerOptions<TContext> = {},
  ) {
    this.answersElsewhere = options.answersElsewhere;
    this.attachmentStore = options.attachmentStore;
    this.#feedbackStore = options.feedbackStore;
    this.#transcriber = options.transcriber;
    this.#messageCheck = options.messageCheck;
    this.#actions = options.actions;
    this.logger = options.logger ?? silentLogger;
    this.saveWithinMs = options.saveWithinMs ?? 0;
    this.#clock = options.clock ?? (() => new Date());
  }

  /**
   * Answers the user. Assigning fields of `thread` (title, status, metadata, allowed_image_domains)
   * saves and announces them. Items count once `thread.item.done` is yielded: they are stored first.
   *
   * @param thread the thread, without its items
   * @param inputUserMessage the new message, or undefined after a client tool call or structured input
   * @param history the thread's items, as far as they are asked for
   * @throws StreamError, CustomStreamError to end with that error; anything else ends as `stream.error`
   */
  abstract respond(
    thread: ThreadMetadata,
    inputUserMessage: UserMessageItem | undefined,
    context: TContext,
    history: History,
  ): AsyncIterable<ThreadStreamEvent>;

  /**
   * Looks at what a user is about to send, before anything of it is stored. Default: with the check given.
   *
   * @throws InvalidRequestError naming the field that is to blame
   */
  async checkMessage(input: UserMessageInput, context: TContext): Promise<void> {
    await this.#messageCheck?.(input, context);
  }

  /**
   * Reacts to an action of a widget, or of the page when `sender` is undefined. Default: with the handlers
   * given as `actions`.
   *
   * @throws StreamError without retry when they do not know the type; UnsupportedError without handlers
   * @throws ZodError when the payload does not fit, which refuses the action by naming the field
   */
  action(
    thread: ThreadMetadata,
    action: Action,
    sender: WidgetItem | undefined,
    context: TContext,
  ): AsyncIterable<ThreadStreamEvent> {
    if (this.#actions === undefined) throw this.#mustOverride('action', 'react to actions');
    const events = this.#actions.stream({ thread, action, sender, store: this.store, context });
    if (events !== undefined) return events;
    this.logger.warn('nobody handles an action of this type', { type: shortened(action.type) });
    throw new StreamError('stream.error', { allowRetry: false });
  }

  /**
   * Reacts to an action that waits for one answer: the item to show instead of the sender, if any.
   * Nothing is stored by itself. Default: with the handlers given as `actions`.
   *
   * @throws UnsupportedError when they do not know the type, and without handlers
   * @throws ZodError when the payload does not fit, which refuses the action by naming the field
   */
  async syncAction(
    thread: ThreadMetadata,
    action: Action,
    sender: WidgetItem | undefined,
    context: TContext,
  ): Promise<SyncActionResult> {
    if (this.#actions === undefined) {
      throw this.#mustOverride('syncAction', 'react to actions that do not stream');
    }
    const answer = this.#actions.answer({ thread, action, sender, store: this.store, context });
    if (answer !== undefined) return answer;
    const type = JSON.stringify(shortened(action.type));
    throw new UnsupportedError(`Nobody handles an action of type ${type} that does not stream`, {
      quotes: true,
    });
  }

  /**
   * Whether an action is taken on a thread that is locked or closed, where that is enforced: one that opens it again,
   * for instance. Default: what the handlers given as `actions` say, else no.
   */
  takesInactive(action: Action): boolean {
    return this.#actions?.takesInactive?.(action.type) ?? false;
  }

  /** Keeps the user's opinion on items. Default: in the feedback store, if there is one. */
  async addFeedback(
    threadId: string,
    itemIds: readonly string[],
    kind: FeedbackKind,
    context: TContext,
  ): Promise<void> {
    await this.#feedbackStore?.saveFeedback(threadId, itemIds, kind, context);
  }

  /**
   * Turns speech into the text that the composer shows. Default: with the transcriber.
   *
   * @throws UnsupportedError without one
   */
  async transcribe(audio: AudioInput, context: TContext): Promise<{ text: string }> {
    if (this.#transcriber === undefined) throw this.#mustOverride('transcribe', 'support dictation');
    return this.#transcriber.transcribe(audio, context);
  }

  /**
   * Stores an item that a response has yielded as done, before it is announced. While the store is unavailable it is
   * called again. Default: in the store, at the end of the thread.
   *
   * @param thread the one that the response was given
   */
  addItem(thread: ThreadMetadata, item: ThreadItem, context: TContext): Promise<void> {
    return this.store.addThreadItem(thread.id, item, context);
  }

  /** Settings announced at the start of a stream. Default: the user may cancel. */
  getStreamOptions(_thread: ThreadMetadata, _context: TContext): StreamOptions {
    return { allow_cancel: true };
  }

  /**
   * Called when a stream ends before its time. Default: stores unfinished assistant messages that have
   * text, and a hidden note for the model that the user stopped it.
   *
   * @param pendingItems items that were announced but not done, as far as they had come
   */
  async handleStreamCancelled(
    thread: ThreadMetadata,
    pendingItems: readonly ThreadItem[],
    context: TContext,
  ): Promise<void> {
    const saves = new HeldSaves(this);
    for (const item of pendingItems) {
      if (item.type === 'assistant_message' && hasText(item)) {
        await saves.save(() => this.store.addThreadItem(thread.id, item, context));
      }
    }
    const note: ThreadItem = {
      type: 'sdk_hidden_context',
      id: this.store.generateItemId('sdk_hidden_context', thread, context),
      thread_id: thread.id,
      created_at: this.now(),
      content: CANCELLED,
    };
    await saves.save(() => this.store.addThreadItem(thread.id, note, context));
  }

  /**
   * Called when a response fails, before the client learns of it: events that settle what was announced but not
   * done. Default: none, so that it stays unfinished and is not stored, as in the reference.
   *
   * @param _pendingItems such items, as far as they had come
   */
  settleFailed(_pendingItems: readonly ThreadItem[]): Iterable<ThreadStreamEvent> {
    return [];
  }

  /**
   * Answers one request body.
   *
   * @throws InvalidRequestError when the body does not validate, else as `handle`
   */
  async process(
    body: string | Uint8Array,
    context: TContext,
    options?: ProcessOptions,
  ): Promise<ProcessResult> {
    return this.handle(parseRequest(body), context, options);
  }

  /**
   * Answers one validated request. A stream throws what fails before its first event when that is
   * pulled, and afterwards only what has nothing to do with the response itself.
   *
   * @throws ChatKitError when it cannot be answered
   */
  async handle(
    request: ChatKitRequest,
    context: TContext,
    options: ProcessOptions = {},
  ): Promise<ProcessResult> {
    if (isStreamingRequest(request)) {
      return { streaming: true, events: answerStreaming(this, request, context, options) };
    }
    return { streaming: false, json: jsonOf(await answerPlain(this, request, context, options)) };
  }

  /** What gives attachments the links that the caller is shown at this moment. */
  presenter(context: TContext): (attachment: Attachment) => Attachment {
    const files = this.attachmentStore;
    return files === undefined
      ? (attachment) => attachment
      : (attachment) => files.presentAttachment(attachment, context);
  }

  /** The time now, in UTC, as the wire writes it. */
  now(): string {
    return this.#clock().toISOString();
  }

  #mustOverride(hook: string, purpose: string): UnsupportedError {
    return new UnsupportedError(`${this.constructor.name} must override ${hook}() to ${purpose}`);
  }
}

/** Of what a client may have made as long as it likes. */
function shortened(type: string): string {
  return cut(type, 100);
}
