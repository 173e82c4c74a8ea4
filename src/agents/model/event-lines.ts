/** What a server has sent as one event. */
export interface ServerEvent {
  readonly event: string | undefined;
  readonly data: string;
}

/** Server-sent events out of a text that comes in pieces, however it is cut. */
export class EventLines {
  #rest = '';
  #event: string | undefined;
  #data: string | undefined;

  /** @returns the events that the piece ends */
  feed(piece: string): readonly ServerEvent[] {
    const isInLine = !piece.includes('\n') && !piece.includes('\r') && !this.#rest.endsWith('\r');
    this.#rest += piece;
    if (isInLine) return [];
    // what a carriage return ends may have its line feed in the next piece
    const lines = this.#rest.includes('\r') ? this.#rest.split(/\r\n|\n|\r(?!$)/) : this.#rest.split('\n');
    this.#rest = lines.pop() ?? '';
    const events: ServerEvent[] = [];
    for (const line of lines) {
      if (line !== '') this.#read(line);
      else {
        if (this.#data !== undefined) events.push({ event: this.#event, data: this.#data });
        this.#event = undefined;
        this.#data = undefined;
      }
    }
    return events;
  }

  #read(line: string): void {
    if (line.startsWith('data:')) {
      const value = valueOf(line, 5);
      this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
    } else if (line.startsWith('event:')) this.#event = valueOf(line, 6);
  }
}

function valueOf(line: string, from: number): string {
  return line.slice(line[from] === ' ' ? from + 1 : from);
}
