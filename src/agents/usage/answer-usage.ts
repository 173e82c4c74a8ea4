/** What one answer, or the title of one thread, has cost. */
export interface AnswerUsage {
  /** A UUID; the same when `record()` is called again for it. */
  readonly id: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly threadId: string;
  /** Name of the model. */
  readonly model: string;
  readonly purpose: 'answer' | 'title';
  /** `stopped`: the user or the server ended it before it was complete. */
  readonly outcome: 'completed' | 'stopped' | 'failed';
  /** Calls of the model, those that failed included. */
  readonly requests: number;
  /** Tokens of the calls that were answered in full: of others nobody tells. */
  readonly inputTokens: number;
  /** Those of the input tokens that the provider had in its cache. */
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  /** Milliseconds until the first word; undefined when none came. */
  readonly firstTokenMs?: number | undefined;
  /** Milliseconds until the end. */
  readonly durationMs: number;
}

/** Keeps what answers cost. Any provider of the application under the token `CHATKIT_USAGE_RECORDER`. */
export interface UsageRecorder {
  /**
   * Called for each answer, after it has ended. Called again with the same id while it fails with an `UnavailableError`,
   * so that it has to keep an id once; any other failure is logged, and the figures are lost.
   */
  record(usage: AnswerUsage): Promise<void>;
}
