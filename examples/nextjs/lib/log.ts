import 'server-only';

/** A line for whoever runs the server: what went wrong, and of the cause only its message. */
export function logFailure(what: string, cause?: unknown): void {
  const reason = cause instanceof Error ? `: ${cause.message}` : '';
  process.stderr.write(`${what}${reason}\n`);
}
