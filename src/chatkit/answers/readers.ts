/** Who reads an answer: the client that has asked for it, and those who have joined. Without any it is given up after a while. */
export class Readers {
  #joined = 0;
  #hasLeft = false;
  #isOver = false;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param withinMs how long somebody may join after the last reader has left; 0 gives up as soon as the client that has
   *   asked leaves, and Infinity never
   */
  constructor(
    private readonly withinMs: number,
    private readonly giveUp: () => void,
  ) {}

  /** The client that has asked is gone. */
  leave(): void {
    this.#hasLeft = true;
    this.#look();
  }

  /** So many have joined by now. */
  joined(count: number): void {
    this.#joined = count;
    this.#look();
  }

  /** The answer is over. */
  end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #look(): void {
    clearTimeout(this.#timer);
    if (!this.#hasLeft || this.#isOver) return;
    if (this.withinMs === 0) this.giveUp();
    else if (this.#joined === 0 && this.withinMs !== Infinity) {
      this.#timer = setTimeout(this.giveUp, this.withinMs).unref();
    }
  }
}
