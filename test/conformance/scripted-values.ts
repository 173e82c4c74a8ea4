import {
  threadStatus,
  threadStreamEvent,
  type ThreadMetadata,
  type ThreadStreamEvent,
} from '../../src/chatkit/core/index.js';

/** When scripts and seeds were written, unless they say otherwise. */
export const STAMP = { created_at: '2020-01-02T03:04:05' };

/** An event as a script writes it. */
export function parseEvent(event: Record<string, unknown>): ThreadStreamEvent {
  return threadStreamEvent.parse(
    'item' in event ? { ...event, item: { ...STAMP, ...(event['item'] as object) } } : event,
  );
}

/** Assigns fields of the thread that respond() works on. */
export function assign(thread: ThreadMetadata, fields: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(fields)) {
    Reflect.set(thread, key, key === 'status' ? threadStatus.parse(value) : (value ?? undefined));
  }
}
