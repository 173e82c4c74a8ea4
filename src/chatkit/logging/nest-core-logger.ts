import { ConsoleLogger, Logger, type LoggerService } from '@nestjs/common';
import type { CoreLogger, ErrorLogLevel, LogFacts } from '../core/index.js';
import { currentCorrelation } from './correlation-scope.js';
import { redact } from './redact.js';

/** Writes the core's log lines through Nest: the message, then the facts as JSON on the same line. */
export class ChatKitLogger implements CoreLogger {
  /** @param target default: Nest's logger under the name ChatKit */
  constructor(private readonly target: LoggerService = new Logger('ChatKit')) {}

  debug(message: string, facts?: LogFacts): void {
    this.log('debug', message, facts);
  }

  warn(message: string, facts?: LogFacts): void {
    this.log('warn', message, facts);
  }

  error(message: string, facts?: LogFacts): void {
    this.log('error', message, facts);
  }

  /** As the method of that name. A line that is not printed is not made: its facts may be long. */
  log(level: ErrorLogLevel, message: string, facts?: LogFacts): void {
    if (isPrinted(this.target, level)) this.target[level]?.(line(message, facts));
  }
}

function isPrinted(target: LoggerService, level: ErrorLogLevel): boolean {
  if (target instanceof Logger) return Logger.isLevelEnabled(level);
  return target instanceof ConsoleLogger ? target.isLevelEnabled(level) : true;
}

function line(message: string, facts: LogFacts = {}): string {
  const all = redact({ correlation_id: currentCorrelation(), ...facts });
  const text = JSON.stringify(all);
  return text === '{}' ? message : `${message} ${text}`;
}
