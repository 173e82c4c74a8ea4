import type { Page } from 'playwright-core';
import { loadavg } from 'node:os';
import { useHarness, type Chat } from '../harness/harness.js';
import { markdown, THREAD } from '../support/conversation.js';
import { startScriptedFront, type ScriptedFront } from '../support/scripted-front.js';
import { answerSlowly, holding } from './answers.js';
import { traced } from './trace.js';
import { COUNT_HANDLES, leftovers, mountAndUnmount, smoothness } from './watch.js';

const RUNS = Number(process.env['BENCH_RUNS'] ?? '3');
const CHARACTERS = 10_000;
const TOKENS_PER_SECOND = 100;
const LONG = 50;
const ITEMS = 500;
const PAGE = 50;
const MOUNTS = 200;
const LONGEST = 600_000;
const NO_TIMERS = 'window.benchHandles().timers === 0';

let front: ScriptedFront;
const lines: string[] = [];

const harness = useHarness({
  front: async (port) => {
    front = await startScriptedFront(port);
    return front.url;
  },
});

afterAll(async () => {
  await front?.close();
  process.stdout.write(`\n${lines.join('\n')}\n`);
});

function note(what: string, figures: Readonly<Record<string, string | number>>): void {
  const load = loadavg()[0]?.toFixed(1) ?? '?';
  const text = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
  lines.push(`${what}: ${text.join(', ')} (load ${load})`);
}

/** What the page's main thread did meanwhile: by the clock, and by its own processor time. */
async function measured(page: Page, act: () => Promise<void>): Promise<Record<string, string | number>> {
  let seen = { longTasks: [] as readonly number[], frames: 0, longestGap: 0, milliseconds: 0 };
  const tasks = await traced(page, async () => {
    seen = await smoothness(page, act);
  });
  const long = tasks.filter((task) => task > LONG);
  return {
    seconds: (seen.milliseconds / 1000).toFixed(1),
    frames: seen.frames,
    'longest gap ms': seen.longestGap.toFixed(0),
    'tasks over 50 ms': `${seen.longTasks.length} by the clock, ${long.length} by processor time`,
    'longest ms': `${Math.max(0, ...seen.longTasks).toFixed(0)} by the clock, ${Math.max(0, ...tasks).toFixed(0)} by processor time`,
  };
}

/** Waits in the page, because looking from outside would keep its main thread busy. */
async function turns(chat: Chat, count: number): Promise<void> {
  await chat.holds(
    `document.querySelector('openai-chatkit').shadowRoot.querySelectorAll('.turn').length >= ${count}`,
  );
}

async function scroller(chat: Chat, expression: string): Promise<unknown> {
  return chat.page.evaluate(`(() => {
    const log = document.querySelector('openai-chatkit').shadowRoot.querySelector('.log');
    return (${expression})(log);
  })()`);
}

const runs = Array.from({ length: RUNS }, (_, at) => at + 1);

describe('The element', () => {
  it.each(runs)(
    'streams a long answer (%i)',
    async (run) => {
      front.answer = answerSlowly(markdown(CHARACTERS), TOKENS_PER_SECOND);
      const chat = await harness.open();
      const found = await measured(chat.page, () => chat.ask('Tell me all'));
      note(`${CHARACTERS} characters at ${TOKENS_PER_SECOND} tokens a second, run ${run}`, found);
      await chat.leave();
    },
    LONGEST,
  );

  it.each(runs)(
    'shows a long thread (%i)',
    async (run) => {
      front.answer = holding(ITEMS);
      const chat = await harness.open();
      const shown = await measured(chat.page, async () => {
        await chat.call('setThreadId', THREAD.id);
        await turns(chat, PAGE / 2);
      });
      const rest = Number(
        await scroller(chat, '(log) => log.scrollHeight - log.clientHeight - log.scrollTop'),
      );
      note(`newest page of ${ITEMS} items, run ${run}`, { ...shown, 'from the end px': rest.toFixed(0) });
      let moved = 0;
      const loaded = await measured(chat.page, async () => {
        for (let count = 2 * PAGE; count <= ITEMS; count += PAGE) {
          await scroller(chat, '(log) => { log.scrollTop = 0; }');
          const before = Number(await scroller(chat, TOP_TURN));
          await turns(chat, count / 2);
          moved = Math.max(moved, Math.abs(Number(await scroller(chat, MARKED)) - before));
        }
      });
      note(`the other pages, run ${run}`, { ...loaded, 'moved px': moved.toFixed(0) });
      const scrolled = await measured(chat.page, async () => {
        await scroller(chat, SCROLL_THROUGH);
      });
      note(`scrolling through ${ITEMS} items, run ${run}`, scrolled);
      await chat.leave();
    },
    LONGEST,
  );

  it.each(runs)(
    'is usable soon and leaves nothing behind (%i)',
    async (run) => {
      front.answer = () => false;
      const chat = await harness.open({}, { initScript: COUNT_HANDLES });
      const milliseconds = await chat.page.evaluate<number>(`new Promise((resolve) => {
        const start = performance.now();
        const chat = document.createElement('openai-chatkit');
        chat.setOptions({ api: { url: '/chatkit', domainKey: 'bench' } });
        document.body.append(chat);
        const look = () => {
          if (!chat.shadowRoot.querySelector('.input')) return requestAnimationFrame(look);
          chat.shadowRoot.querySelector('.input').focus();
          const took = performance.now() - start;
          chat.remove();
          resolve(took);
        };
        look();
      })`);
      note(`from creation to a focused input, run ${run}`, { ms: milliseconds.toFixed(1) });
      await chat.page.evaluate('window.harness.stop()');
      const session = await chat.devtools();
      await mountAndUnmount(chat.page, 20);
      await chat.holds(NO_TIMERS);
      const before = await leftovers(chat.page, session);
      await mountAndUnmount(chat.page, MOUNTS);
      await chat.holds(NO_TIMERS);
      const after = await leftovers(chat.page, session);
      note(`after ${MOUNTS} mounts, run ${run}`, {
        nodes: `${before.nodes} → ${after.nodes}`,
        listeners: `${before.listeners} → ${after.listeners}`,
        'object URLs': `${before.objectUrls} → ${after.objectUrls}`,
        timers: `${before.timers} → ${after.timers}`,
        'heap kB': `${(before.heap / 1024).toFixed(0)} → ${(after.heap / 1024).toFixed(0)}`,
      });
      await chat.leave();
    },
    LONGEST,
  );
});

/** Marks the first turn that is there, and gives its place on the screen. */
const TOP_TURN = `(log) => {
  log.querySelector('[data-bench]')?.removeAttribute('data-bench');
  const turn = log.querySelector('.turn');
  turn.setAttribute('data-bench', '');
  return turn.getBoundingClientRect().top;
}`;
const MARKED = `(log) => log.querySelector('[data-bench]').getBoundingClientRect().top`;
const SCROLL_THROUGH = `(log) => new Promise((resolve) => {
  log.scrollTop = 0;
  const step = () => {
    const before = log.scrollTop;
    log.scrollTop = before + 400;
    if (log.scrollTop === before) resolve();
    else requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})`;
