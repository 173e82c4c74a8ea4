import type { ThreadStreamEvent } from '../wire/events.js';

/** Is told each event of an answer that clients see, and undefined at its end. */
export type AnswerListener = (event: ThreadStreamEvent | undefined) => void;

/** Events that may wait for somebody who has joined; who falls further behind is left alone with what is stored. */
const MOST_WAITING = 2000;

/** An answer that others can listen to. */
export interface Joinable {
  /** @returns what was under way at this moment, and what ends it */
  listen(listener: AnswerListener): {
    readonly underWay: readonly ThreadStreamEvent[];
    readonly leave: () => void;
  };
}

/**
 * What an answer has under way, then what it says from now on, to its end. What it had finished before is stored.
 *
 * @param signal fires when nobody waits for it any more
 */
export async function* joined(
  answer: Joinable,
  signal: AbortSignal | undefined,
): AsyncGenerator<ThreadStreamEvent, void, undefined> {
  const waiting: ThreadStreamEvent[] = [];
  let isOver = signal?.aborted === true;
  let wake: (() => void) | undefined;
  const end = (): void => {
    isOver = true;
    wake?.();
  };
  const { underWay, leave } = answer.listen((event) => {
    if (event === undefined || waiting.length >= MOST_WAITING) return end();
    waiting.push(event);
    wake?.();
  });
  signal?.addEventListener('abort', end, { once: true });
  try {
    yield* underWay;
    for (;;) {
      yield* waiting.splice(0);
      if (waiting.length > 0) continue;
      if (isOver) return;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal?.removeEventListener('abort', end);
    leave();
  }
}
