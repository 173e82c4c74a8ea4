import type { Frames } from '../../src/chatkit/sse/frames.js';

/** Frames that end when the test says so. */
export class HeldFrames implements Pick<Frames, 'atEnd'> {
  #waiting: (() => void)[] = [];

  atEnd(callback: () => void): void {
    this.#waiting.push(callback);
  }

  end(): void {
    for (const callback of this.#waiting.splice(0)) callback();
  }
}
