import type { ConsoleLogger } from '@nestjs/common';
import { StartLogger } from '../../../src/app/start-logger.js';

/** A line of the log, with its facts. */
export type Line = Readonly<Record<string, unknown>>;

/** What the server that ships would print, line by line. */
export class PrintedLines extends StartLogger {
  readonly lines: Line[] = [];

  constructor() {
    super({ json: true, logLevels: ['fatal', 'error', 'warn', 'log'] });
  }

  protected override printAsJson(
    message: unknown,
    options: Parameters<ConsoleLogger['printAsJson']>[1],
  ): void {
    this.lines.push(JSON.parse(JSON.stringify(this.getJsonLogObject(message, options))) as Line);
  }
}
