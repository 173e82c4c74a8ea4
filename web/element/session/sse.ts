import { createParser } from 'eventsource-parser';
import { ChatKitFailure } from './failure.js';

/** Characters of one event that may be buffered before it is complete. */
const MAX_EVENT_LENGTH = 8_000_000;

/**
 * Reads a server-sent event stream and yields the parsed JSON of each event's data. Comments, split UTF-8
 * sequences and any line ending are fine; data that is not JSON is skipped.
 *
 * @param onBytes called for every chunk, heartbeats included
 * @throws ChatKitFailure when one event grows beyond 8 million characters
 */
export async function* readServerEvents(
  body: ReadableStream<Uint8Array>,
  onBytes: () => void = () => undefined,
): AsyncGenerator<unknown, void, undefined> {
  const ready: unknown[] = [];
  let oversized = false;
  const parser = createParser({
    maxBufferSize: MAX_EVENT_LENGTH,
    onEvent: ({ data }) => {
      const value = parseJson(data);
      if (value !== undefined) ready.push(value);
    },
    onError: (error) => {
      oversized ||= error.type === 'max-buffer-size-exceeded';
    },
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      onBytes();
      parser.feed(done ? `${decoder.decode()}\n\n` : decoder.decode(value, { stream: true }));
      if (oversized) throw new ChatKitFailure('server', 'An event of the response stream is too large');
      yield* ready.splice(0);
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

export function parseJson(source: string): unknown {
  try {
    return JSON.parse(source) as unknown;
  } catch {
    return undefined;
  }
}
