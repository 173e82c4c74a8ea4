import { jest } from '@jest/globals';
import { Frames } from './frames.js';

describe('the frames of streams', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('end together for all that have something to say, and run for nobody else', () => {
    const frames = new Frames({ frameMs: 10 });
    const ended: string[] = [];
    frames.atEnd(() => ended.push('a'));
    jest.advanceTimersByTime(9);
    frames.atEnd(() => ended.push('b'));
    expect(ended).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(ended).toEqual(['a', 'b']);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('let what is said at the end of one wait for the next', () => {
    const frames = new Frames({ frameMs: 10 });
    let count = 0;
    const again = (): void => {
      count += 1;
      if (count < 3) frames.atEnd(again);
    };
    frames.atEnd(again);
    jest.advanceTimersByTime(10);
    expect(count).toBe(1);
    jest.advanceTimersByTime(20);
    expect(count).toBe(3);
  });

  it('let others have their turn between the writes of many', () => {
    const frames = new Frames({ frameMs: 10 });
    const order: string[] = [];
    frames.atEnd(() => setImmediate(() => order.push('request')));
    for (let stream = 0; stream < 200; stream += 1) frames.atEnd(() => order.push('stream'));
    jest.runAllTimers();
    expect(order).toHaveLength(201);
    expect(order.indexOf('request')).toBeLessThan(100);
  });

  it('are turns of the event loop where they have no length', () => {
    const frames = new Frames({ frameMs: 0 });
    const callback = jest.fn();
    frames.atEnd(callback);
    jest.advanceTimersToNextTimer();
    expect(callback).toHaveBeenCalledTimes(1);
  });
});
