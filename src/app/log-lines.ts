/** Characters that wait at most: what is longer is written at once. */
const MOST = 65_536;

/**
 * Lines of a log, which are written together once in a turn of the event loop: a write of its own for each costs a request
 * more than all that the line says.
 */
export class LogLines {
  #waiting = '';
  #isTold = false;

  /** @param write writes a text before it returns */
  constructor(private readonly write: (text: string) => void) {}

  add(line: string): void {
    if (!this.#isTold) process.once('exit', () => this.flush());
    this.#isTold = true;
    if (this.#waiting === '') setImmediate(() => this.flush());
    this.#waiting += `${line}\n`;
    if (this.#waiting.length > MOST) this.flush();
  }

  flush(): void {
    const text = this.#waiting;
    if (text === '') return;
    this.#waiting = '';
    this.write(text);
  }
}
