import { ConsoleLogger, Logger, type LoggerService } from '@nestjs/common';
import type { CoreLogger, LogFacts } from '../../chatkit/core/logger.js';
import { currentLogScope } from './log-scope.js';
import { redactFacts } from './redact.js';

type Level = 'debug' | 'log' | 'warn' | 'error';

/**
 * Writes log lines through Nest, each an object: the message, whose request it is for, and the facts without what must
 * not be in a log. An error among the facts is told by name, code and place.
 */
export class ChatKitLogger implements CoreLogger {
  readonly #target: LoggerService;

  /** @param target a logger, or the name that Nest's own prints. Default: ChatKit */
  constructor(target: LoggerService | string = 'ChatKit') {
    this.#target = typeof target === 'string' ? new Logger(target) : target;
  }

  debug(message: string, facts?: LogFacts): void {
    this.#write('debug', message, facts);
  }

  log(message: string, facts?: LogFacts): void {
    this.#write('log', message, facts);
  }

  warn(message: string, facts?: LogFacts): void {
    this.#write('warn', message, facts);
  }

  error(message: string, facts?: LogFacts): void {
    this.#write('error', message, facts);
  }

  /** A line that is not printed is not made: its facts may be long. */
  #write(level: Level, message: string, facts?: LogFacts): void {
    if (!isPrinted(this.#target, level)) return;
    this.#target[level]?.({ message, ...redactFacts({ ...currentLogScope(), ...facts }) });
  }
}

function isPrinted(target: LoggerService, level: Level): boolean {
  if (target instanceof Logger) return Logger.isLevelEnabled(level);
  return target instanceof ConsoleLogger ? target.isLevelEnabled(level) : true;
}
