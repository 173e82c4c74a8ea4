import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { useHarness } from '../harness/harness.js';
import { startScriptedFront, type ScriptedFront } from '../support/scripted-front.js';
import { answerSlowly } from './answers.js';

const RUNS = Number(process.env['BENCH_RUNS'] ?? '3');
const ANSWER = 'Straightaway, and then some more words of an answer that goes on for a while.';
const FIRST_WORD = 'Straightaway';
const TOKENS_PER_SECOND = 1000;
const BUILT = resolve(import.meta.dirname, '../../../dist/web/element');

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

/** Sends a message, and waits for the frame after the one that has the first word of its answer. */
const FIRST_ANSWER = `new Promise((resolve) => {
  const chat = document.querySelector('openai-chatkit');
  const start = performance.now();
  void chat.sendUserMessage({ text: 'Well?' });
  const look = () => {
    if (!chat.shadowRoot.textContent.includes('${FIRST_WORD}')) return requestAnimationFrame(look);
    requestAnimationFrame(() => resolve(performance.now() - start));
  };
  look();
})`;

function compressed(path: string): number {
  return gzipSync(readFileSync(path), { level: 9 }).length;
}

describe('The element at first sight', () => {
  it.each(Array.from({ length: RUNS }, (_, at) => at + 1))(
    'paints the first words of an answer (%i)',
    async (run) => {
      front.answer = answerSlowly(ANSWER, TOKENS_PER_SECOND);
      const chat = await harness.open();
      const took = await chat.page.evaluate<number>(FIRST_ANSWER);
      lines.push(`from sending to the first answer painted, run ${run}: ms ${took.toFixed(1)}`);
      await chat.leave();
    },
  );

  it('comes in parts', () => {
    const module = join(BUILT, 'module');
    const sizes = readdirSync(module)
      .filter((name) => name.endsWith('.js'))
      .map((name) => [name.replace(/-[\w-]{8}\.js$/, ''), compressed(join(module, name))] as const)
      .toSorted(([, a], [, b]) => b - a);
    const whole = compressed(join(BUILT, 'chatkit.js'));
    lines.push(
      `one classic script, compressed: ${whole} bytes`,
      ...sizes.map(([name, size]) => `part ${name}, compressed: ${size} bytes`),
    );
  });
});
