/** What is known about retrieval without asking it. */
export interface RetrievalReport {
  /** How many retrievers there are. */
  readonly retrievers: number;
  /** The last retrieval, if it failed. `reason` is the name of an error, `at` an ISO time. */
  readonly lastError?: { readonly reason: string; readonly at: string } | undefined;
}

/** Port to whatever keeps the status of retrieval. */
export interface RetrievalReporter {
  status(): RetrievalReport;
}

/** Injection token of {@link RetrievalReporter}. */
export const RETRIEVAL_REPORTER = Symbol('RETRIEVAL_REPORTER');
