import { isLoggable } from '../../chatkit/core/errors.js';

/** What the log tells of an error. */
interface ErrorFacts {
  readonly error: string;
  readonly reason?: string;
  readonly stack: string;
}

/** Class and stack of an error, for the log: a message that is not ours may quote the user or the provider. */
export function errorFacts(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { error: typeof error, stack: '' };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  const what = { error: error.constructor.name, stack: frames.join('\n') };
  return isLoggable(error) ? { ...what, reason: error.message } : what;
}
