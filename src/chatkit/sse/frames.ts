import { Inject, Injectable } from '@nestjs/common';
import { CHATKIT_SETTINGS, type ChatKitSettings } from '../chatkit.settings.js';

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
    for (const callback of ended) callback();
  };
}
