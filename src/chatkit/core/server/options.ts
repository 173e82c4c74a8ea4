import type { CoreLogger } from '../logger.js';
import type { ActionHandlers } from '../requests/action-handlers.js';
import type { AudioInput } from '../requests/hooks.js';
import type { AttachmentStore } from '../store/attachment-store.js';
import type { FeedbackStore } from '../store/feedback-store.js';
import type { AnswersElsewhere } from '../stream/answers-elsewhere.js';
import type { UserMessageInput } from '../wire/requests.js';

/** What a server may be made with besides its store. */
export interface ChatKitServerOptions<TContext> {
  /** Where uploaded files live. Without it the attachment requests are unsupported. */
  readonly attachmentStore?: AttachmentStore<TContext>;
  /** Where feedback is kept. Without it feedback is accepted and dropped. */
  readonly feedbackStore?: FeedbackStore<TContext>;
  /** Who writes down what was said. Without it `transcribe()` has to be overridden. */
  readonly transcriber?: Transcriber<TContext>;
  /** Who looks at what a user is about to send. Without it everything passes. */
  readonly messageCheck?: MessageCheck<TContext>;
  /** Who reacts to actions. Without it `action()` and `syncAction()` have to be overridden. */
  readonly actions?: ActionHandlers<TContext>;
  /** What other processes answer on threads of the same store. Without it a thread has one running answer in each process. */
  readonly answersElsewhere?: AnswersElsewhere;
  /**
   * Milliseconds for which what an answer has said is saved again while the store throws `UnavailableError`, before the
   * stream reports failure. Default 0: it fails at once.
   */
  readonly saveWithinMs?: number;
  /** Default: silent. */
  readonly logger?: CoreLogger;
  /** Default: the system's. */
  readonly clock?: () => Date;
}

/**
 * Lets a message pass, or refuses it, before anything of it is stored.
 *
 * @throws InvalidRequestError naming the field that is to blame
 */
export type MessageCheck<TContext> = (input: UserMessageInput, context: TContext) => void | Promise<void>;

/** Turns speech into text. */
export interface Transcriber<TContext> {
  /** @throws InvalidRequestError for a recording it does not take, UnavailableError when it cannot now */
  transcribe(audio: AudioInput, context: TContext): Promise<{ text: string }>;
}
