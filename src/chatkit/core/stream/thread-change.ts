import type { ThreadMetadata } from '../wire/threads.js';

/** What a turn has changed of its thread: to be made on the thread as it is stored, which others change too. */
export class ThreadChange {
  /** Both are plain, and not changed any more. */
  constructor(
    private readonly before: ThreadMetadata,
    private readonly after: ThreadMetadata,
  ) {}

  /** The stored thread with the fields that were changed, and with the entries of its metadata that were. */
  appliedTo(stored: ThreadMetadata): ThreadMetadata {
    const { before, after } = this;
    const changed = merged(before, after, stored);
    const metadata = merged(before.metadata, after.metadata, stored.metadata);
    return { ...changed, id: stored.id, metadata };
  }
}

function merged<T extends object>(before: T, after: T, stored: T): T {
  const entries = new Map<string, unknown>(Object.entries(stored));
  const [old, now] = [new Map<string, unknown>(Object.entries(before)), new Map(Object.entries(after))];
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    if (JSON.stringify(old.get(key)) === JSON.stringify(now.get(key))) continue;
    if (now.has(key)) entries.set(key, now.get(key));
    else entries.delete(key);
  }
  return Object.fromEntries(entries) as T;
}
