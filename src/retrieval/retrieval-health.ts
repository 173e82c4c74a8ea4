/** What health reports about retrieval. */
export interface RetrievalStatus {
  /** How many retrievers there are. */
  readonly retrievers: number;
  /** What the last retrieval failed with; absent once one has succeeded. Never a retriever's text. */
  readonly lastError?: { readonly reason: string; readonly at: string };
}

/** Keeps the status of retrieval up to date. */
export class RetrievalHealth {
  readonly #clock: () => Date;
  readonly #failing = new Map<number, NonNullable<RetrievalStatus['lastError']>>();
  retrievers = 0;

  constructor(clock: () => Date = () => new Date()) {
    this.#clock = clock;
  }

  /** The status now. */
  status(): RetrievalStatus {
    const { retrievers } = this;
    const [lastError] = [...this.#failing.values()].toSorted((a, b) => b.at.localeCompare(a.at));
    return lastError === undefined ? { retrievers } : { retrievers, lastError };
  }

  /** @param retriever its number */
  succeeded(retriever: number): void {
    this.#failing.delete(retriever);
  }

  /**
   * @param reason name of the error
   * @returns whether that is new: it has succeeded since it last failed so
   */
  failed(retriever: number, reason: string): boolean {
    const isNew = this.#failing.get(retriever)?.reason !== reason;
    this.#failing.set(retriever, { reason, at: this.#clock().toISOString() });
    return isNew;
  }
}
