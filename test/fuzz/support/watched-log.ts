import type { LoggerService } from '@nestjs/common';

/** Looks through log lines for what must be in none, and keeps only those that say something went wrong. */
export class WatchedLog implements LoggerService {
  #errors: string[] = [];
  #leaks: string[] = [];

  /** @param secrets texts that no line may hold */
  constructor(private readonly secrets: readonly string[]) {}

  readonly log = (...given: unknown[]): void => void this.#look(given);
  readonly debug = this.log;
  readonly verbose = this.log;
  readonly warn = this.log;

  error(...given: unknown[]): void {
    this.#errors.push(this.#look(given));
  }

  readonly fatal = (...given: unknown[]): void => this.error(...given);

  /** The lines since the last call that tell of an error, or hold a secret. */
  complaints(): string[] {
    const complaints = [...this.#errors, ...this.#leaks.map((line) => `a secret is logged: ${line}`)];
    this.#errors = [];
    this.#leaks = [];
    return complaints;
  }

  #look(given: readonly unknown[]): string {
    const text = given
      .map((part) => (part instanceof Error ? `${part.message} ${part.stack}` : JSON.stringify(part)))
      .join(' ');
    if (this.secrets.some((secret) => text.includes(secret))) this.#leaks.push(text.slice(0, 2000));
    return text;
  }
}
