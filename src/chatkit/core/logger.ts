/** Facts that go with a log line. Never message text, never tokens. */
export type LogFacts = Readonly<Record<string, unknown>>;

/** Where the core tells what happened; the host maps it to its own logger. */
export interface CoreLogger {
  /** What helps to find a mistake: refused requests. */
  debug(message: string, facts?: LogFacts): void;
  /** What someone should look at some day. */
  warn(message: string, facts?: LogFacts): void;
  /** What has failed and should not have. */
  error(message: string, facts?: LogFacts): void;
}

/** Says nothing. */
export const silentLogger: CoreLogger = {
  debug: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
