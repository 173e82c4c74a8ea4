import { Logger, type LoggerService } from '@nestjs/common';
import type { CoreLogger, ErrorLogLevel, LogFacts } from '../core/index.js';
import { currentCorrelation } from './correlation-scope.js';
import { redact } from './redact.js';

/** Writes the core's log lines through Nest: the message, then the facts as JSON on the same line. */
export class NestCoreLogger implements CoreLogger {
  /** @param target default: Nest's logger under the name ChatKit */
  constructor(private readonly target: LoggerService = new Logger('ChatKit')) {}

  debug(message: string, facts?: LogFacts): void {
    this.target.debug?.(line(message, facts));
  }

  warn(message: string, facts?: LogFacts): void {
    this.target.warn(line(message, facts));
  }

  error(message: string, facts?: LogFacts): void {
    this.target.error(line(message, facts));
  }

  /** As the method of that name. */
  log(level: ErrorLogLevel, message: string, facts?: LogFacts): void {
    this[level](message, facts);
  }
}

function line(message: string, facts: LogFacts = {}): string {
  const all = redact({ correlation_id: currentCorrelation(), ...facts });
  const text = JSON.stringify(all);
  return text === '{}' ? message : `${message} ${text}`;
}
