import { setImmediate } from 'node:timers/promises';

/** Turns of the event loop after which a step that needs no input or output is done. */
const TURNS = 20;

/**
 * Keeps what runs side by side in the order of its causes: the model's server, the tools and the
 * guardrails wait here for what they come after.
 */
export class Cues {
  /** Resolves when a stream has reached its pause and the client has everything before it. */
  readonly paused = Promise.withResolvers<void>();
  /** To be resolved by the guardrail that a pause waits for. */
  readonly resumed = Promise.withResolvers<void>();
  /** Resolves when the last turn has been sent and delivered. */
  readonly ended = Promise.withResolvers<void>();
  #underWay = 0;
  #running = false;
  #waiting: (() => void)[] = [];

  /** A run begins. */
  began(): void {
    this.#running = true;
    this.#underWay = 0;
  }

  /** The run is over: nothing more will be delivered. */
  over(): void {
    this.#running = false;
    this.#release();
  }

  /** The server has sent an event of the model. */
  sent(): void {
    this.#underWay += 1;
  }

  /** What was made of an event has reached the client. */
  delivered(): void {
    this.#underWay -= 1;
    if (this.#underWay <= 0) this.#release();
  }

  /** Resolves when the client has everything that was sent so far. */
  async settled(): Promise<void> {
    if (this.#running && this.#underWay > 0) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    for (let turn = 0; turn < TURNS; turn++) await setImmediate();
  }

  /** The stream stops until a guardrail has answered. */
  async pause(): Promise<void> {
    await this.settled();
    this.paused.resolve();
    await this.resumed.promise;
    for (let turn = 0; turn < TURNS; turn++) await setImmediate();
  }

  #release(): void {
    for (const resume of this.#waiting.splice(0)) resume();
  }
}
