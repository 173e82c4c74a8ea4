import { MemoryStore, type Store, type TenantScope } from '../../src/chatkit/core/index.js';

export interface OpenedStore {
  readonly store: Store<TenantScope>;
  close(): Promise<void>;
}

/** The store to replay against: in memory, or a PostgreSQL of its own for the run. */
export async function openStore(kind: string, _isolation: string): Promise<OpenedStore> {
  if (kind === 'memory') return { store: new MemoryStore(), close: async () => undefined };
  throw new Error(`unknown store ${kind}`);
}
