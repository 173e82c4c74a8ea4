import { setTimeout as pause } from 'node:timers/promises';

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 50;

/** Looks again and again until there is something to see; fails, naming it, when there never is. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 60_000,
  firstPauseMs = FIRST_PAUSE_MS,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (let wait = firstPauseMs; ; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > deadline) throw new Error(`In vain: ${what}`);
    await pause(wait);
  }
}
