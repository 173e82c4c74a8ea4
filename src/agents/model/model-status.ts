import type { ModelFailure } from './model-failure.js';

/** Milliseconds of the window, and the parts that it is counted in: it moves on by one part at a time. */
const WINDOW_MS = 300_000;
const PARTS = 10;
const PART_MS = WINDOW_MS / PARTS;

/** What health reports about the model. */
export interface ModelStatus {
  /** `offline`: no model is configured, a stand-in answers. */
  readonly kind: 'offline' | 'openai';
  /** Name of the model. */
  readonly model: string;
  /** Answers that have ended within the last five minutes, whosever they were. */
  readonly window: { readonly seconds: number; readonly answers: number; readonly failures: number };
  /** What the newest of those failures was; absent where there was none. Never the provider's text. */
  readonly lastError?: { readonly reason: string; readonly at: string };
}

interface Part {
  /** Which of all parts of time it is. */
  index: number;
  answers: number;
  failures: number;
}

/** Counts how answers have ended of late; injected where answers are made and where health is told. */
export class ModelHealth {
  #lastError: ModelStatus['lastError'];
  readonly #parts: Part[] = Array.from({ length: PARTS }, () => ({ index: -1, answers: 0, failures: 0 }));

  constructor(
    readonly kind: ModelStatus['kind'],
    readonly model: string,
    private readonly clock: () => Date = () => new Date(),
  ) {}

  /** The status now. */
  status(): ModelStatus {
    const { kind, model } = this;
    const oldest = this.#index() - PARTS;
    const counted = this.#parts.filter(({ index }) => index > oldest);
    const sum = (of: 'answers' | 'failures'): number => counted.reduce((all, part) => all + part[of], 0);
    const window = { seconds: WINDOW_MS / 1000, answers: sum('answers'), failures: sum('failures') };
    const lastError = window.failures > 0 ? this.#lastError : undefined;
    return { kind, model, window, ...(lastError && { lastError }) };
  }

  /** An answer is complete. */
  succeeded(): void {
    this.#now().answers += 1;
  }

  /** An answer has failed through the model. */
  failed({ reason, status }: ModelFailure): void {
    const part = this.#now();
    part.answers += 1;
    part.failures += 1;
    const text = status === undefined ? reason : `${reason} ${status}`;
    this.#lastError = { reason: text, at: this.clock().toISOString() };
  }

  #now(): Part {
    const index = this.#index();
    const at = index % PARTS;
    let part = this.#parts[at];
    if (part?.index !== index) {
      part = { index, answers: 0, failures: 0 };
      this.#parts[at] = part;
    }
    return part;
  }

  #index(): number {
    return Math.floor(this.clock().getTime() / PART_MS);
  }
}
