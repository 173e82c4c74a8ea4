import { Logger, type LogLevel } from '@nestjs/common';
import type { LogLevelName } from '../config/telemetry.config.js';
import { levelsOf } from './start-logger.js';

const SIGNAL = 'SIGUSR2';

/** What a signal changes the levels of. */
export interface Leveled {
  setLogLevels(levels: LogLevel[]): void;
}

/** Changes the level to `debug`, and back, by a signal. @returns stops listening */
export function changeLevelBySignal(logger: Leveled, configured: LogLevelName): () => void {
  let level = configured;
  const change = (): void => {
    level = level === 'debug' ? configured : 'debug';
    // so that the change is told whatever is configured
    logger.setLogLevels(levelsOf('debug'));
    new Logger('Start').log(`The log level is ${level}`);
    logger.setLogLevels(levelsOf(level));
  };
  process.on(SIGNAL, change);
  return () => void process.off(SIGNAL, change);
}
