const HEAD_END = '\r\n\r\n';
const NONE = Buffer.alloc(0);

/** Reads answers of HTTP/1.1 one after the other: what is framed by a length, and what comes in chunks. */
export class AnswerReader {
  status = 0;
  #rest: Buffer = NONE;
  #reading: 'head' | 'body' | 'size' | 'chunk' = 'head';
  /** Bytes that the body, or the chunk with the line end behind it, still has. */
  #left = 0;

  /** @returns whether the answer has come to its end; `onBody` is given its parts as they come */
  feed(bytes: Buffer, onBody: (part: Buffer) => void): boolean {
    let at = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    this.#rest = NONE;
    for (;;) {
      if (this.#reading === 'head' || this.#reading === 'size') {
        const end = at.indexOf(this.#reading === 'head' ? HEAD_END : '\r\n');
        if (end < 0 || (this.#reading === 'size' && at.length < end + 2)) break;
        const line = at.toString('latin1', 0, end);
        at = at.subarray(end + (this.#reading === 'head' ? HEAD_END.length : 2));
        if (this.#reading === 'head' ? this.#head(line) : this.#size(line)) return true;
        continue;
      }
      if (at.length === 0) break;
      const taken = Math.min(this.#left, at.length);
      const data = this.#reading === 'body' ? taken : Math.min(taken, Math.max(0, this.#left - 2));
      if (data > 0 && !this.#last) onBody(at.subarray(0, data));
      this.#left -= taken;
      at = at.subarray(taken);
      if (this.#left > 0) continue;
      const over = this.#reading === 'body' || this.#last;
      this.#reading = over ? 'head' : 'size';
      this.#last = false;
      if (over) return true;
    }
    this.#rest = at;
    return false;
  }

  #last = false;

  #head(text: string): boolean {
    this.status = Number(text.slice(9, 12));
    const length = /content-length: *(\d+)/i.exec(text)?.[1];
    this.#reading = length === undefined ? 'size' : 'body';
    this.#left = Number(length ?? 0);
    if (this.#reading === 'size' || this.#left > 0) return false;
    this.#reading = 'head';
    return true;
  }

  #size(text: string): boolean {
    const size = Number.parseInt(text, 16);
    this.#last = size === 0;
    this.#left = size + 2;
    this.#reading = 'chunk';
    return false;
  }
}
