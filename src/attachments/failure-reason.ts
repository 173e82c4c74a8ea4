/** The last failure of something that files depend on. `reason` is the code or name of an error, `at` an ISO time. */
export interface LastError {
  readonly reason: string;
  readonly at: string;
}

/** The code that the operating system gave an error, else its name; never its text, which holds places. */
export function reasonOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return typeof cause;
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  return 'name' in cause ? String(cause.name) : 'unknown';
}
