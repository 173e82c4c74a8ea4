import { asError } from './failure.js';
import type { Options } from './options.js';
import type { ChatState } from './state.js';
import type { ClientToolCallItem } from './wire.js';

/** How many tool calls one turn may make, so that a server cannot keep a page busy for ever. */
export const MAX_TOOL_ROUNDS = 25;

/**
 * The call that the stream ended on, if this turn received it. A pending call found when a thread is loaded
 * is never run again: it may have had its effect already.
 */
export function pendingCall(state: ChatState, received: ReadonlySet<string>): ClientToolCallItem | undefined {
  const last = state.items.findLast((item) => !state.live.has(item.id));
  return last?.type === 'client_tool_call' && last.status === 'pending' && received.has(last.id)
    ? last
    : undefined;
}

/**
 * Runs the page's tool and gives the result to send. A failing or missing tool answers `{ error }`, so that
 * the model can react to it.
 */
export async function runClientTool(
  call: ClientToolCallItem,
  tool: Options['onClientTool'],
  report: (error: Error) => void,
): Promise<unknown> {
  try {
    if (!tool) throw new Error(`No onClientTool handler for "${call.name}"`);
    return (await tool({ name: call.name, params: { ...call.arguments } })) ?? {};
  } catch (thrown) {
    const error = asError(thrown);
    report(error);
    return { error: error.message };
  }
}

/** Settles with the promise, or rejects with an AbortError as soon as the signal is aborted. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new DOMException('Aborted', 'AbortError'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
