import { jest } from '@jest/globals';
import { watchScript } from './script-status.js';
import type { ScriptStatus } from './script-status.js';

class Page {
  readonly window = new EventTarget();
  defined = false;
  define: () => void = () => undefined;

  constructor() {
    const whenDefined = new Promise<void>((resolve) => {
      this.define = () => {
        this.defined = true;
        resolve();
      };
    });
    Object.assign(globalThis, {
      window: this.window,
      customElements: { get: () => (this.defined ? class {} : undefined), whenDefined: () => whenDefined },
    });
  }
}

afterEach(() => {
  Reflect.deleteProperty(globalThis, 'window');
  Reflect.deleteProperty(globalThis, 'customElements');
});

function watching(timeoutMs = 60_000): { told: ScriptStatus[]; stop: () => void; next: () => Promise<void> } {
  const told: ScriptStatus[] = [];
  let wake: (() => void) | undefined;
  const stop = watchScript({ timeoutMs }, (status) => {
    told.push(status);
    wake?.();
  });
  const next = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  return { told, stop, next };
}

describe('The script of the element', () => {
  it('is ready once the element is defined', async () => {
    const page = new Page();
    const { told, stop, next } = watching();
    const change = next();
    page.define();
    await change;
    expect(told).toEqual(['ready']);
    stop();
  });

  it('fails on its error event, and still counts when it comes after all', async () => {
    const page = new Page();
    const { told, stop, next } = watching();
    page.window.dispatchEvent(new Event('chatkit-script-error'));
    const change = next();
    page.define();
    await change;
    expect(told).toEqual(['error', 'ready']);
    stop();
  });

  it('is ready once the page says that it was loaded, if the element is there', () => {
    const page = new Page();
    const { told, stop } = watching();
    page.window.dispatchEvent(new Event('chatkit-script-loaded'));
    expect(told).toEqual([]);
    page.defined = true;
    page.window.dispatchEvent(new Event('chatkit-script-loaded'));
    expect(told).toEqual(['ready']);
    stop();
  });

  it('is given five seconds unless the page says otherwise', () => {
    const page = new Page();
    const timer = jest.spyOn(globalThis, 'setTimeout');
    for (const timeoutMs of [undefined, 700]) watchScript({ timeoutMs }, () => undefined)();
    expect(timer.mock.calls.map(([, milliseconds]) => milliseconds)).toEqual([5_000, 700]);
    expect(page.defined).toBe(false);
    timer.mockRestore();
  });

  it('is nothing to wait for on a server', () => {
    expect(() => watchScript({}, () => undefined)()).not.toThrow();
  });

  it('fails when it takes too long', async () => {
    const page = new Page();
    const { told, stop, next } = watching(1);
    await next();
    expect(told).toEqual(['error']);
    expect(page.defined).toBe(false);
    stop();
  });

  it('is not heard of any more after the watch has ended', () => {
    const page = new Page();
    const { told, stop } = watching();
    stop();
    page.window.dispatchEvent(new Event('chatkit-script-error'));
    expect(told).toEqual([]);
  });
});
