import type { Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of processor time. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const CATEGORIES = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];
const TASK = 'RunTask';
const MICROSECONDS = 1_000;

/** Milliseconds of processor time of each task of the page's main thread while `act` went on. */
export async function traced(page: Page, act: () => Promise<void>): Promise<readonly number[]> {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  await browser.startTracing(page, { categories: CATEGORIES });
  await act();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const main = trace.traceEvents.find(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  return trace.traceEvents
    .filter(({ name, ph }) => name === TASK && ph === 'X')
    .filter(({ pid, tid }) => pid === main?.pid && tid === main.tid)
    .map(({ tdur = 0 }) => tdur / MICROSECONDS);
}
