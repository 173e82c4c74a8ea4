import { readFile } from 'node:fs/promises';
import type { FileScanner, ScannedFile, ScanVerdict } from '../../../src/attachments/index.js';
import { eventually } from '../../app/support/eventually.js';

/** What the scanner was asked, and waits to be told. */
export interface AskedScan {
  readonly file: ScannedFile;
  readonly signal: AbortSignal;
  /** What was in the file then. */
  readonly content: Buffer;
  readonly answer: (verdict: ScanVerdict) => void;
  readonly fail: (error: Error) => void;
}

/** A scanner whose answers a test gives, when it wants to. It does not heed its signals. */
export class TestScanner implements FileScanner {
  readonly asked: AskedScan[] = [];
  /** Most scans that were under way at the same time. */
  mostAtOnce = 0;
  #underWay = 0;
  #taken = 0;

  async scan(file: ScannedFile, signal: AbortSignal): Promise<ScanVerdict> {
    this.#underWay += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay);
    try {
      const content = await readFile(file.path);
      const { promise, resolve, reject } = Promise.withResolvers<ScanVerdict>();
      this.asked.push({ file, signal, content, answer: resolve, fail: reject });
      return await promise;
    } finally {
      this.#underWay -= 1;
    }
  }

  /** The next one, as soon as it is asked. */
  async next(): Promise<AskedScan> {
    const index = this.#taken;
    this.#taken += 1;
    return eventually('the scanner is asked', () => this.asked[index]);
  }

  /** Leaves nothing of one test to the next. */
  settle(): void {
    for (const { answer } of this.asked) answer({ clean: true });
    this.#taken = this.asked.length;
  }
}
