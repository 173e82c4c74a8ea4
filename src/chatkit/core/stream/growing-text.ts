/** Characters that may be kept in pieces. */
const IN_PIECES = 4096;

/**
 * A text that grows by pieces. V8 keeps a sum of texts as its pieces, which take three times the memory of the text where each
 * is a word or two: whenever its end is long enough it is written as one. What lies before the end is never copied.
 */
export class GrowingText {
  #begun: string;
  #end: string[] = [];
  #inPieces = 0;

  constructor(text = '') {
    this.#begun = text;
  }

  get length(): number {
    return this.#begun.length + this.#inPieces;
  }

  add(piece: string): void {
    this.#end.push(piece);
    this.#inPieces += piece.length;
    if (this.#inPieces >= IN_PIECES) this.#join();
  }

  /** The text as it was when it was that long. */
  upTo(length: number): string {
    return this.toString().slice(0, length);
  }

  toString(): string {
    this.#join();
    return this.#begun;
  }

  #join(): void {
    this.#begun += this.#end.join('');
    this.#end = [];
    this.#inPieces = 0;
  }
}
