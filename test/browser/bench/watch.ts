import type { CDPSession, Page } from 'playwright-core';

/** Tasks of a page that kept it from answering, and the frames it drew. */
export interface Smoothness {
  /** Milliseconds of each task over 50. */
  readonly longTasks: readonly number[];
  readonly frames: number;
  /** Longest time between two frames, in milliseconds. */
  readonly longestGap: number;
  readonly milliseconds: number;
}

const START = `(() => {
  const watch = { tasks: [], frames: 0, gap: 0, start: performance.now(), running: true };
  watch.observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watch.tasks.push(duration);
  });
  watch.observer.observe({ entryTypes: ['longtask'] });
  let last = watch.start;
  const frame = (now) => {
    if (!watch.running) return;
    watch.frames += 1;
    watch.gap = Math.max(watch.gap, now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  window.benchWatch = watch;
})()`;

const STOP = `(() => {
  const { benchWatch: watch } = window;
  watch.running = false;
  watch.tasks.push(...watch.observer.takeRecords().map(({ duration }) => duration));
  watch.observer.disconnect();
  return {
    longTasks: watch.tasks,
    frames: watch.frames,
    longestGap: watch.gap,
    milliseconds: performance.now() - watch.start,
  };
})()`;

/** How smoothly the page ran while `act` went on. */
export async function smoothness(page: Page, act: () => Promise<void>): Promise<Smoothness> {
  await page.evaluate(START);
  await act();
  return page.evaluate<Smoothness>(STOP);
}

export interface Leftovers {
  readonly nodes: number;
  readonly listeners: number;
  readonly heap: number;
  readonly objectUrls: number;
  readonly timers: number;
}

/** Counts object URLs and timers that are still there. To run before anything else of the page. */
export const COUNT_HANDLES = `(() => {
  const urls = new Set();
  const timers = new Set();
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (blob) => { const url = createObjectURL(blob); urls.add(url); return url; };
  URL.revokeObjectURL = (url) => { urls.delete(url); revokeObjectURL(url); };
  for (const [set, clear, once] of [['setTimeout', 'clearTimeout', true], ['setInterval', 'clearInterval', false]]) {
    const [begin, end] = [window[set], window[clear]];
    window[set] = (call, ...rest) => {
      const id = begin((...args) => { if (once) timers.delete(id); call(...args); }, ...rest);
      timers.add(id);
      return id;
    };
    window[clear] = (id) => { timers.delete(id); end(id); };
  }
  window.benchHandles = () => ({ objectUrls: urls.size, timers: timers.size });
})()`;

/** What the page holds after everything that can be collected has been. */
export async function leftovers(page: Page, session: CDPSession): Promise<Leftovers> {
  await session.send('HeapProfiler.enable');
  for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0;
  const handles = await page.evaluate<{ objectUrls: number; timers: number }>('window.benchHandles()');
  return {
    nodes: value('Nodes'),
    listeners: value('JSEventListeners'),
    heap: value('JSHeapUsedSize'),
    ...handles,
  };
}

/** Puts an element into the page, waits until it is ready, and takes it out again; so many times. */
export async function mountAndUnmount(page: Page, times: number): Promise<void> {
  await page.evaluate(`(async () => {
    for (let round = 0; round < ${times}; round += 1) {
      const chat = document.createElement('openai-chatkit');
      const ready = new Promise((resolve) => chat.addEventListener('chatkit.ready', resolve, { once: true }));
      chat.setOptions({
        api: { url: '/chatkit', domainKey: 'bench' },
        composer: { attachments: { enabled: true }, dictation: { enabled: true } },
      });
      document.body.append(chat);
      await ready;
      chat.remove();
      await new Promise((resolve) => setTimeout(resolve));
    }
  })()`);
}
