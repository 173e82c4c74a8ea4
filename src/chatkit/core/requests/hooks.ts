import type { AttachmentStore } from '../store/attachment-store.js';
import type { TurnOptions } from '../stream/running-turn.js';
import type { StreamHooks, Turn } from '../stream/turn.js';
import type { Action } from '../wire/actions.js';
import type { Attachment } from '../wire/attachments.js';
import type { ThreadStreamEvent } from '../wire/events.js';
import type { UserMessageItem, WidgetItem } from '../wire/items.js';
import type { FeedbackKind, PlainRequest, RequestOf, UserMessageInput } from '../wire/requests.js';
import type { ThreadMetadata } from '../wire/threads.js';
import type { SyncActionResult } from './action-handlers.js';
import type { History } from './history.js';

/** Recorded speech. */
export interface AudioInput {
  readonly data: Uint8Array;
  /** As sent, e.g. `audio/webm;codecs=opus`. */
  readonly mimeType: string;
  /** Without parameters, e.g. `audio/webm`. */
  readonly mediaType: string;
}

/** What the handlers of requests ask of the server, each the part it needs. */
export interface RequestHooks<TContext> extends StreamHooks<TContext> {
  readonly attachmentStore: AttachmentStore<TContext> | undefined;
  respond(
    thread: ThreadMetadata,
    inputUserMessage: UserMessageItem | undefined,
    context: TContext,
    history: History,
  ): AsyncIterable<ThreadStreamEvent>;
  readonly historyLimit: number;
  checkMessage(input: UserMessageInput, context: TContext): Promise<void>;
  action(
    thread: ThreadMetadata,
    action: Action,
    sender: WidgetItem | undefined,
    context: TContext,
  ): AsyncIterable<ThreadStreamEvent>;
  syncAction(
    thread: ThreadMetadata,
    action: Action,
    sender: WidgetItem | undefined,
    context: TContext,
  ): Promise<SyncActionResult>;
  takesInactive(action: Action): boolean;
  addFeedback(
    threadId: string,
    itemIds: readonly string[],
    kind: FeedbackKind,
    context: TContext,
  ): Promise<void>;
  transcribe(audio: AudioInput, context: TContext): Promise<{ text: string }>;
  presenter(context: TContext): (attachment: Attachment) => Attachment;
  now(): string;
}

/** Those hooks that a handler needs. */
export type Needs<TContext, Hook extends keyof RequestHooks<TContext>> = Pick<RequestHooks<TContext>, Hook>;

/** A turn that a request has begun. */
export type RequestTurn<TContext> = Turn<TContext, RequestHooks<TContext>>;

/** What a caller may say about one request. */
export interface ProcessOptions extends TurnOptions {
  /**
   * Whether a thread that is locked or closed takes neither messages nor retries, answers or actions of its user.
   * Default false, as in the reference.
   */
  readonly enforceStatus?: boolean;
}

/** Answers a request that does not stream with what is sent as JSON, or a `JsonText`. */
export type Answer<
  Type extends PlainRequest['type'],
  Hook extends keyof RequestHooks<unknown> = keyof RequestHooks<unknown>,
> = (
  hooks: Needs<unknown, Hook>,
  request: RequestOf<Type>,
  context: unknown,
  options: ProcessOptions,
) => Promise<object>;
