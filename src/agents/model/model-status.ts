import type { ModelFailure } from './model-failure.js';

/** What health reports about the model. */
export interface ModelStatus {
  /** `offline`: no model is configured, a stand-in answers. */
  readonly kind: 'offline' | 'openai';
  /** Name of the model. */
  readonly model: string;
  /** What the last answer failed with; absent once one has succeeded. Never the provider's text. */
  readonly lastError?: { readonly reason: string; readonly at: string };
}

/** Keeps the model's status up to date; injected where answers are made and where health is told. */
export class ModelHealth {
  #lastError: ModelStatus['lastError'];

  constructor(
    readonly kind: ModelStatus['kind'],
    readonly model: string,
    private readonly clock: () => Date = () => new Date(),
  ) {}

  /** The status now. */
  status(): ModelStatus {
    const { kind, model } = this;
    return this.#lastError === undefined ? { kind, model } : { kind, model, lastError: this.#lastError };
  }

  succeeded(): void {
    this.#lastError = undefined;
  }

  failed({ reason, status }: ModelFailure): void {
    const text = status === undefined ? reason : `${reason} ${status}`;
    this.#lastError = { reason: text, at: this.clock().toISOString() };
  }
}
