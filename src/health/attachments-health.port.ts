/** What is known about the place that attachments are kept in, without asking it. */
export interface AttachmentsReport {
  readonly kind: 'folder' | 'bucket';
  /** What was asked of it last, if it failed. `reason` is the code or name of an error, `at` an ISO time. */
  readonly lastError?: { readonly reason: string; readonly at: string } | undefined;
}

/** Port to whatever keeps the status of attachments. */
export interface AttachmentsReporter {
  status(): AttachmentsReport;
}

/** Injection token of {@link AttachmentsReporter}. */
export const ATTACHMENTS_REPORTER = Symbol('ATTACHMENTS_REPORTER');
