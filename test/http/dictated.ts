import type { ThreadStreamEvent } from '../../src/chatkit/core/index.js';
import { assistantMessage, delta, type Script } from './scripted-server.js';

/** Says its words one by one, each when it is let, and is done when there are no more. */
export class Dictated {
  readonly #steps: PromiseWithResolvers<string | undefined>[] = [Promise.withResolvers()];
  readonly #said: PromiseWithResolvers<void>[] = [];

  /** Resolves once the word is on its way. */
  async say(word: string): Promise<void> {
    const step = this.#steps.at(-1);
    this.#steps.push(Promise.withResolvers());
    const said = Promise.withResolvers<void>();
    this.#said.push(said);
    step?.resolve(word);
    await said.promise;
  }

  end(): void {
    this.#steps.at(-1)?.resolve(undefined);
  }

  get script(): Script {
    const [steps, said] = [this.#steps, this.#said];
    return async function* answer(thread) {
      yield { type: 'thread.item.added', item: assistantMessage(thread, '', 'long') };
      let text = '';
      for (let at = 0; ; at += 1) {
        const word = await steps[at]?.promise;
        if (word === undefined) break;
        text += word;
        yield delta(word, 'long');
        said[at]?.resolve();
      }
      yield { type: 'thread.item.done', item: assistantMessage(thread, text, 'long') };
    };
  }
}

export const join = (threadId: string): object => ({ type: 'threads.join', params: { thread_id: threadId } });
export const stop = (threadId: string): object => ({ type: 'threads.stop', params: { thread_id: threadId } });

export const ask = (threadId: string): object => {
  const input = { content: [{ type: 'input_text', text: 'And?' }], attachments: [], inference_options: {} };
  return { type: 'threads.add_user_message', params: { thread_id: threadId, input } };
};

export function eventsOf(text: string): ThreadStreamEvent[] {
  return text
    .split('\n\n')
    .filter((frame) => frame.startsWith('data: '))
    .map((frame) => JSON.parse(frame.slice('data: '.length)) as ThreadStreamEvent);
}
