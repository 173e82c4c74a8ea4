/** What is known about the model without asking it. */
export interface ModelReport {
  /** E.g. `openai` or `offline`. */
  readonly kind: string;
  /** Name of the model. */
  readonly model: string;
  /** The last call, if it failed. `reason` is a fixed phrase, `at` an ISO time. */
  readonly lastError?: { readonly reason: string; readonly at: string } | undefined;
}

/** Port to whatever keeps the model's status. */
export interface ModelReporter {
  status(): ModelReport;
}

/** Injection token of {@link ModelReporter}. */
export const MODEL_REPORTER = Symbol('MODEL_REPORTER');
