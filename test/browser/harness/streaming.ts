import type { Chat } from './harness.js';

/** Has the page answer its next message with a stream that the test writes piece by piece. */
export async function writeAnswer(
  chat: Chat,
): Promise<{ send: (...events: readonly object[]) => Promise<void>; end: () => Promise<void> }> {
  await chat.page.evaluate(`{
    const real = window.fetch;
    window.fetch = (url, init) => {
      if (!String(init?.body).includes('"input"')) return real(url, init);
      const body = new ReadableStream({ start: (stream) => { window.streamOfTest = stream; } });
      return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
    };
  }`);
  const write = (text: string): Promise<void> =>
    chat.page.evaluate(
      `window.streamOfTest.enqueue(new TextEncoder().encode(${JSON.stringify(text)}))`,
    ) as Promise<void>;
  return {
    send: async (...events) => {
      await chat.holds("'streamOfTest' in window");
      await write(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
    },
    end: () => chat.page.evaluate('window.streamOfTest.close()') as Promise<void>,
  };
}
