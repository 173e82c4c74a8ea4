import { Inject, Injectable } from '@nestjs/common';
import { CHATKIT_SETTINGS, type ChatKitSettings } from '../chatkit.settings.js';

/** Streams that write in one turn of the event loop. */
const AT_ONCE = 50;

/** One timer for all streams: what they say within a frame leaves at its end, and a frame runs only while one has something to say. */
@Injectable()
export class Frames {
  readonly #frameMs: number;
  #waiting: (() => void)[] = [];

  constructor(@Inject(CHATKIT_SETTINGS) { frameMs }: Pick<ChatKitSettings, 'frameMs'>) {
    this.#frameMs = frameMs;
  }

  /** Calls back once, at the end of the frame that runs or begins now. */
  atEnd(callback: () => void): void {
    if (this.#waiting.push(callback) > 1) return;
    if (this.#frameMs === 0) setImmediate(this.#end);
    else setTimeout(this.#end, this.#frameMs);
  }

  readonly #end = (): void => {
    const ended = this.#waiting;
    this.#waiting = [];
    leave(ended, 0);
  };
}

/** Some in this turn of the event loop, the rest in the next ones: requests come between the writes of many streams. */
function leave(ended: readonly (() => void)[], from: number): void {
  const rest = from + AT_ONCE;
  for (const callback of ended.slice(from, rest)) callback();
  if (rest < ended.length) setImmediate(leave, ended, rest);
}
