import { Logger, type LoggerService } from '@nestjs/common';
import { inspect } from 'node:util';

/** Everything that is logged until it is disposed of. */
export class CapturedLogs implements Disposable {
  #text = '';

  constructor() {
    const write = (...values: unknown[]): void => {
      this.#text += `${values.map((value) => inspect(value, { depth: 10 })).join(' ')}\n`;
    };
    const service: LoggerService = { log: write, error: write, warn: write, debug: write, verbose: write };
    Logger.overrideLogger(service);
  }

  get text(): string {
    return this.#text;
  }

  [Symbol.dispose](): void {
    Logger.overrideLogger(false);
  }
}
