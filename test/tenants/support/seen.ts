import type { Store } from '../../../src/chatkit/core/index.js';
import type { TenantScope } from '../../../src/chatkit/core/store/scope.js';

/** Threads of those users, in their order, and their items. */
export async function seenBy(
  scopes: readonly TenantScope[],
  store: Store<TenantScope>,
): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const scope of scopes) {
    const threads = await store.loadThreads({ limit: 100, order: 'asc' }, scope);
    for (const { id } of threads.data) {
      const items = await store.loadThreadItems(id, { limit: 100, order: 'asc' }, scope);
      found[`${scope.userId} ${id}`] = items.data.map((item) => item.id);
    }
  }
  return found;
}
