import { randomUUID } from 'node:crypto';
import type { ModelRequest } from '@openai/agents';

interface Item {
  readonly type?: string | undefined;
}

/**
 * The output with a new id for each call of a function that has none, or one that is taken: some providers
 * leave ids out, others count from 0 in each answer, and the runner tells calls apart by their ids.
 *
 * @param input what the model was asked, the calls of earlier turns in it
 */
export function withCallIds<T extends Item>(output: readonly T[], input: ModelRequest['input']): T[] {
  const used = new Set(typeof input === 'string' ? [] : input.map(callIdOf));
  return output.map((item) => {
    const callId = callIdOf(item);
    if (callId === undefined) return item;
    const isNew = callId !== '' && !used.has(callId);
    used.add(callId);
    return isNew ? item : { ...item, callId: `call_${randomUUID().replaceAll('-', '')}` };
  });
}

function callIdOf(item: Item): string | undefined {
  return item.type === 'function_call' && 'callId' in item ? String(item.callId) : undefined;
}
