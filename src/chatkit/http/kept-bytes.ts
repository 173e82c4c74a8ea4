/**
 * Bytes that come in pieces, copied together: a piece of one byte would otherwise keep a hundred times as much. Grows
 * with what has come, whatever length was announced.
 */
export class KeptBytes {
  #room = Buffer.alloc(0);
  #length = 0;

  /**
   * @param most it is never given more than so many bytes
   * @param keep hears of memory before it is taken, and may throw
   */
  constructor(
    private readonly most: number,
    private readonly keep: (bytes: number) => void = () => undefined,
  ) {}

  get length(): number {
    return this.#length;
  }

  get bytes(): Buffer {
    return this.#room.subarray(0, this.#length);
  }

  /** @throws what `keep` throws; nothing was added then */
  append(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#room.length) this.#grow(Math.max(length, Math.min(2 * this.#room.length, this.most)));
    this.#room.set(piece, this.#length);
    this.#length = length;
  }

  #grow(size: number): void {
    this.keep(size - this.#room.length);
    const room = Buffer.allocUnsafeSlow(size);
    room.set(this.bytes);
    this.#room = room;
  }
}
