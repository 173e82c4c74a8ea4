import { ConsoleLogger, Logger } from '@nestjs/common';
import { ChatKitLogger } from './nest-core-logger.js';

/** Facts that notice when somebody reads them. */
function noticing(): { readonly facts: { readonly path: string }; readonly isRead: () => boolean } {
  let reads = 0;
  const facts = {
    get path(): string {
      reads += 1;
      return '/';
    },
  };
  return { facts, isRead: () => reads > 0 };
}

class Silent extends ConsoleLogger {
  readonly lines: unknown[] = [];

  override debug(message: unknown): void {
    this.lines.push(message);
  }

  override warn(message: unknown): void {
    this.lines.push(message);
  }
}

describe('ChatKitLogger', () => {
  afterEach(() => {
    Logger.overrideLogger(false);
  });

  it('makes no line of a level that is not printed', () => {
    const target = new Silent('', { logLevels: ['warn'] });
    Logger.overrideLogger(target);
    for (const logger of [new ChatKitLogger(), new ChatKitLogger(target)]) {
      const { facts, isRead } = noticing();
      logger.debug('refused', facts);
      expect(isRead()).toBe(false);
      logger.warn('refused', facts);
      expect(isRead()).toBe(true);
    }
    expect(target.lines).toEqual(['refused {"path":"/"}', 'refused {"path":"/"}']);
  });

  it('gives every line to a logger that does not tell what it prints', () => {
    const lines: unknown[] = [];
    const add = (line: unknown): void => void lines.push(line);
    new ChatKitLogger({ log: add, error: add, warn: add, debug: add }).debug('refused', { path: '/' });
    expect(lines).toEqual(['refused {"path":"/"}']);
  });
});
