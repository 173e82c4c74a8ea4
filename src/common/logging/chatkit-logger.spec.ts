import { ConsoleLogger, Logger } from '@nestjs/common';
import { ChatKitLogger } from './chatkit-logger.js';
import { logThread, withLogScope } from './log-scope.js';

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
    expect(target.lines).toEqual([
      { message: 'refused', path: '/' },
      { message: 'refused', path: '/' },
    ]);
  });

  it('says whose request a line is for, and on which thread once that is known', async () => {
    const target = new Silent('', { logLevels: ['warn'] });
    const logger = new ChatKitLogger(target);
    await withLogScope({ correlationId: 'c', tenantId: 'acme' }, async () => {
      logger.warn('begun', { count: 1 });
      await new Promise((resolve) => setImmediate(resolve));
      logThread('thr_1');
      logger.warn('done');
    });
    logThread('thr_2');
    logger.warn('after');
    expect(target.lines).toEqual([
      { message: 'begun', correlationId: 'c', tenantId: 'acme', count: 1 },
      { message: 'done', correlationId: 'c', tenantId: 'acme', threadId: 'thr_1' },
      { message: 'after' },
    ]);
  });

  it('gives every line to a logger that does not tell what it prints', () => {
    const lines: unknown[] = [];
    const add = (line: unknown): void => void lines.push(line);
    new ChatKitLogger({ log: add, error: add, warn: add, debug: add }).debug('refused', { path: '/' });
    expect(lines).toEqual([{ message: 'refused', path: '/' }]);
  });
});
