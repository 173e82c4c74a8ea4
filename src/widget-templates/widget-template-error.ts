/** A `.widget` template that cannot be used, or data that does not fit it; names the template and why. */
export class WidgetTemplateError extends Error {
  override readonly name = 'WidgetTemplateError';

  constructor(
    /** The file, or the template's own name when it came from no file. */
    readonly template: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${template}: ${reason}`, options);
  }
}

/** What an error says. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
