import type { Logger } from 'typeorm';
import type { StoreLogger } from '../availability/store-logger.js';

const nothing = (): void => undefined;

/** What TypeORM says of migrations, in our log instead of on the console. Nothing of its statements is told. */
export class MigrationLog implements Logger {
  readonly logQuery = nothing;
  readonly logQueryError = nothing;
  readonly logQuerySlow = nothing;
  readonly logSchemaBuild = nothing;

  constructor(private readonly target: StoreLogger) {}

  logMigration(message: string): void {
    this.target.warn(message);
  }

  log(level: 'log' | 'info' | 'warn', message: unknown): void {
    this.target[level === 'warn' ? 'warn' : 'log'](String(message));
  }
}
