import type { RequestContext } from '../auth/context/request-context.js';

/** Injection token of what finds passages for a question: one `Retriever`, or several. */
export const CHATKIT_RETRIEVER = Symbol('chatkit:retriever');

/** A piece of something the organisation has written, which an answer may be taken from. */
export interface Passage {
  /** The same for the same piece; what two retrievers both find is used once. */
  readonly id: string;
  /** Name of the document, as a citation shows it. */
  readonly title: string;
  readonly text: string;
  /** Where a reader finds it. Without one, or when it is none of the web, the citation names the file. */
  readonly url?: string | undefined;
  /** Default: the title. */
  readonly filename?: string | undefined;
  /** How well it fits, more being better; compared with those of the same retriever only. */
  readonly score: number;
}

/** Limits of one retrieval. */
export interface RetrieveOptions {
  /** Most passages that are of use. */
  readonly limit: number;
  /** Fires when the time is over, or the user has left. */
  readonly signal: AbortSignal;
  /** Milliseconds after which it fires, for what is to end by itself. */
  readonly timeoutMs: number;
}

/**
 * Finds what fits a question among what the user's organisation has written. Any provider of the application
 * under the token `CHATKIT_RETRIEVER`; where there are several, what they find is taken in turns.
 */
export interface Retriever {
  /**
   * @param query the user's message, as typed, up to 2,000 characters
   * @param context who asks; find nothing that this tenant and user may not read. `metadata` tells of the page
   * @returns the best first
   */
  retrieve(query: string, context: RequestContext, options: RetrieveOptions): Promise<readonly Passage[]>;
}
