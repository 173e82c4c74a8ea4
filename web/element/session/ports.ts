import type { StartRecording } from './dictation.js';
import type { Fetch } from './transport.js';

/** What a session needs from the page around it. */
export interface SessionPorts {
  /** Gives a `chatkit.*` event to the page. */
  emit(name: string, detail?: unknown): void;
  /** The page's own fetch, used unless options bring another. */
  readonly fetch: Fetch;
  /** BCP-47 tag of the browser. */
  readonly language: string;
  /** Sent with every request, to tell elements of one page apart. */
  readonly instanceId: string;
  /** Absent where nothing can be recorded. */
  readonly record?: StartRecording | undefined;
  focusComposer(): void;
  /** Resolves after the delay or as soon as the network is back; rejects with an AbortError when aborted. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}
