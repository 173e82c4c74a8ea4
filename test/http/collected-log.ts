import type { LoggerService } from '@nestjs/common';

/** Keeps log lines for a test to look at. */
export class CollectedLog implements LoggerService {
  readonly lines: string[] = [];

  log(message: string): void {
    this.lines.push(`log ${message}`);
  }

  debug(message: string): void {
    this.lines.push(`debug ${message}`);
  }

  warn(message: string): void {
    this.lines.push(`warn ${message}`);
  }

  error(message: string): void {
    this.lines.push(`error ${message}`);
  }

  /** The lines of one level. */
  of(level: 'debug' | 'warn' | 'error'): string[] {
    return this.lines.filter((line) => line.startsWith(`${level} `));
  }

  /** Resolves once there is a line that satisfies `condition`. */
  async until(condition: (line: string) => boolean): Promise<void> {
    while (!this.lines.some(condition)) await new Promise((resolve) => setImmediate(resolve));
  }
}
