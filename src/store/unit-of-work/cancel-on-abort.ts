import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { sendCancelRequest } from '../connection/cancel-request.js';

/** A request that meets the server between two statements is lost, so that another follows. */
const REPEAT_AFTER = 250;

/**
 * Ends what the connection does when the signal fires.
 *
 * @returns stops listening, and resolves when no request is under way that might meet whoever has the connection next
 */
export function cancelOnAbort(client: PoolClient, signal: AbortSignal): () => Promise<void> {
  // made when it is needed: an abort makes an error with its stack, which every read would pay for
  let begun: { readonly rest: AbortController; readonly cancelling: Promise<void> } | undefined;
  const begin = (): void => {
    const rest = new AbortController();
    begun = { rest, cancelling: cancelUntil(client, rest.signal) };
  };
  signal.addEventListener('abort', begin, { once: true });
  return async () => {
    signal.removeEventListener('abort', begin);
    begun?.rest.abort();
    await begun?.cancelling;
  };
}

async function cancelUntil(client: PoolClient, atRest: AbortSignal): Promise<void> {
  while (!atRest.aborted) {
    await sendCancelRequest(client);
    await sleep(REPEAT_AFTER, undefined, { signal: atRest }).catch(() => undefined);
  }
}
