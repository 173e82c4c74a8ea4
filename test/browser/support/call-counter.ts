import type { CDPSession } from 'playwright-core';
import type { Chat } from '../harness/harness.js';

/** Counts calls of functions of the element's script, which are found by a text that stands in them. */
export class CallCounter {
  private constructor(private readonly session: CDPSession) {}

  static async start(chat: Chat): Promise<CallCounter> {
    const session = await chat.devtools();
    await session.send('Debugger.enable');
    await session.send('Profiler.enable');
    await session.send('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    return new CallCounter(session);
  }

  /**
   * Calls since the last look, of the innermost function with each of these texts.
   *
   * @throws Error when no function has such a text
   */
  async take(texts: readonly string[]): Promise<readonly number[]> {
    const { result } = await this.session.send('Profiler.takePreciseCoverage');
    const calls = texts.map(() => 0);
    for (const script of result) {
      if (!script.url.includes('/chatkit')) continue;
      const { scriptSource } = await this.session.send('Debugger.getScriptSource', {
        scriptId: script.scriptId,
      });
      for (const [at, text] of texts.entries()) {
        const places = script.functions
          .flatMap(({ ranges }) => ranges.slice(0, 1))
          .filter(({ startOffset, endOffset }) => scriptSource.slice(startOffset, endOffset).includes(text))
          .toSorted((a, b) => a.endOffset - a.startOffset - (b.endOffset - b.startOffset));
        calls[at] = (calls[at] ?? 0) + (places[0]?.count ?? 0);
      }
    }
    return calls;
  }
}
