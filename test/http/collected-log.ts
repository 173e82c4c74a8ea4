import { setTimeout } from 'node:timers/promises';
import type { LoggerService } from '@nestjs/common';

interface Line {
  readonly message: string;
}

/** Keeps log lines for a test to look at: level, message, and the facts as JSON. */
export class CollectedLog implements LoggerService {
  readonly lines: string[] = [];

  log(line: Line): void {
    this.#add('log', line);
  }

  debug(line: Line): void {
    this.#add('debug', line);
  }

  warn(line: Line): void {
    this.#add('warn', line);
  }

  error(line: Line): void {
    this.#add('error', line);
  }

  /** The lines of one level. */
  of(level: 'debug' | 'warn' | 'error'): string[] {
    return this.lines.filter((line) => line.startsWith(`${level} `));
  }

  /** Resolves once there is a line that satisfies `condition`. */
  async until(condition: (line: string) => boolean): Promise<void> {
    while (!this.lines.some(condition)) await setTimeout(1);
  }

  #add(level: string, { message, ...facts }: Line): void {
    this.lines.push(`${level} ${message} ${JSON.stringify(facts)}`);
  }
}
