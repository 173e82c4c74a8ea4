import type { Signals } from '../../common/signals/signals.port.js';
import type { ThreadStreamEvent } from '../core/index.js';
import type { RunningAnswer } from '../core/stream/running-turn.js';
import { EventSealer } from './sealed-events.js';

/** Milliseconds for which events are collected. */
const FRAME = 50;
/** Events that may wait to be sent. */
const MOST_WAITING = 2000;
/** Milliseconds after which a replica that has not asked for it any more gets nothing. */
export const LEASE = 30_000;

/** Passes an answer of this process on to a replica where somebody has joined it. */
export class PassedAnswer {
  readonly #sealer: EventSealer;
  readonly #leave: () => void;
  #waiting: (ThreadStreamEvent | undefined)[];
  #frame: NodeJS.Timeout | undefined;
  #lease: NodeJS.Timeout | undefined;
  #isOver = false;

  /** @param onEnd is told when nothing more will be sent */
  constructor(
    private readonly signals: Signals,
    private readonly topic: string,
    { key, answer }: { readonly key: string; readonly answer: RunningAnswer },
    private readonly onEnd: () => void,
  ) {
    this.#sealer = new EventSealer(key, topic);
    const { underWay, leave } = answer.listen((event) => this.#take(event));
    this.#waiting = [...underWay];
    this.#leave = leave;
    this.renew();
  }

  /** Somebody is still there, and is told so of this side. */
  renew(): void {
    clearTimeout(this.#lease);
    this.#lease = setTimeout(() => this.end(), LEASE).unref();
    this.#send();
  }

  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#leave();
    clearTimeout(this.#lease);
    clearTimeout(this.#frame);
    this.onEnd();
  }

  #take(event: ThreadStreamEvent | undefined): void {
    this.#waiting.push(event);
    if (event === undefined) {
      this.#send();
      this.end();
    } else if (this.#waiting.length > MOST_WAITING) this.end();
    else this.#frame ??= setTimeout(() => this.#send(), FRAME).unref();
  }

  #send(): void {
    clearTimeout(this.#frame);
    this.#frame = undefined;
    const events = this.#waiting;
    this.#waiting = [];
    for (const piece of this.#sealer.seal(events)) void this.#publish(piece);
  }

  async #publish(piece: string): Promise<void> {
    // the other side notices a piece that is missing
    if (!(await this.signals.publish(this.topic, piece))) this.end();
  }
}
