import {
  ChatKitError,
  encodeEvent,
  UnavailableError,
  type CoreLogger,
  type ThreadStreamEvent,
} from '../core/index.js';
import { errorEvent } from '../core/stream/error-event.js';
import { AnswerEnded } from '../core/stream/running-turn.js';
import type { SseWriter } from './sse-writer.js';

/** The events of one answer. */
export type Events = AsyncGenerator<ThreadStreamEvent, void, undefined>;

const STREAM_FAILED: ThreadStreamEvent = { type: 'error', code: 'stream.error', allow_retry: true };

/** What a stream needs besides its events. */
export interface SessionParts {
  readonly writer: SseWriter;
  /** Ends the stream before its time. */
  readonly signal: AbortSignal;
  readonly logger: CoreLogger;
  /** Called once the headers are out. */
  readonly onOpen: () => void;
}

/**
 * Sends events until there are no more, the signal fires or something breaks. Whatever happens, the
 * generator has finished its clean-up before this resolves.
 *
 * @returns whether the answer came to its end, without an error
 * @throws what the first event failed with: nothing has been sent then
 */
export async function sendEvents(events: Events, parts: SessionParts): Promise<boolean> {
  const { writer, signal, onOpen } = parts;
  const first = await events.next();
  writer.open(first.done === true ? undefined : encodeEvent(first.value));
  onOpen();
  // even while the client does not read: what it was told is kept at once
  const end = (): void => void events.return().catch(() => undefined);
  signal.addEventListener('abort', end, { once: true });
  try {
    const isWhole =
      first.done === true || ((await pump(events, writer, signal)) && first.value.type !== 'error');
    if (signal.aborted) {
      await events.return();
      // reaches a client that is still there: then it is the server that stops, or another request of the same user
      if (!(signal.reason instanceof AnswerEnded)) void writer.push(encodeEvent(STREAM_FAILED));
    }
    return isWhole;
  } catch (error) {
    await giveUp(events, error, parts);
    return false;
  } finally {
    signal.removeEventListener('abort', end);
    writer.end();
  }
}

async function pump(events: Events, writer: SseWriter, signal: AbortSignal): Promise<boolean> {
  let isWhole = true;
  while (!signal.aborted) {
    const next = await events.next();
    if (next.done === true) return isWhole;
    if (next.value.type === 'error') isWhole = false;
    const wait = writer.push(encodeEvent(next.value), isUrgent(next.value));
    if (wait !== undefined) await wait;
  }
  return false;
}

/** What a client does something about, or waits for. The rest is read by people, whom a frame does not delay. */
function isUrgent({ type }: ThreadStreamEvent): boolean {
  return type === 'thread.item.done' || type === 'client_effect' || type === 'error';
}

async function giveUp(events: Events, error: unknown, { writer, logger }: SessionParts): Promise<void> {
  const level = error instanceof ChatKitError ? error.logLevel : 'error';
  logger[level]('a stream broke after it had begun', { error });
  const isFinal = error instanceof ChatKitError && !(error instanceof UnavailableError);
  void writer.push(encodeEvent(errorEvent(error, !isFinal)));
  try {
    await events.return();
  } catch (secondError) {
    logger.warn('a broken stream did not clean up', { error: secondError });
  }
}
