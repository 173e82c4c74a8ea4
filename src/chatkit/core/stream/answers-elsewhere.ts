import type { Joinable } from './joined.js';
import type { RunningAnswer } from './running-turn.js';

/** The answers that other processes give on the threads of the same store. */
export interface AnswersElsewhere {
  /** Whether the others hear what is said now, as far as is known. */
  readonly isConnected: boolean;
  /**
   * Makes an answer known to the others, which end theirs on the same thread, as they do when it is followed by one of
   * theirs. Waits until they have, and never for longer than a few seconds. Fails for nothing.
   *
   * @param key names the thread and whose it is
   */
  begin(key: string, answer: RunningAnswer): Promise<unknown>;
  /** Whether others answer on a thread, as far as is known. */
  has(key: string): boolean;
  /** What others answer on a thread, to be listened to. Undefined where nothing is known of one. */
  join(key: string): Joinable | undefined;
  /** Ends what others answer on a thread. @returns whether there was anything, once it has ended or time is up */
  stop(key: string): Promise<boolean>;
}
