import type { Store, TenantScope } from '../../chatkit/core/index.js';
import { describeAttachments } from './attachments.js';
import { describeConcurrency } from './concurrency.js';
import { describeItems } from './items.js';
import type { StoreUnderTest } from './store-under-test.js';
import { describeThreads } from './threads.js';

/** A fresh, empty store for one test. */
export interface OpenedStore {
  readonly store: Store<TenantScope>;
  /** Called after the test, whatever came of it. */
  close(): Promise<void>;
}

/**
 * What every `Store` has to do, whatever it keeps things in, as a suite of tests. Call it in a test file:
 *
 *     describeStore('my store', async () => ({ store: new MyStore(), close: async () => {} }));
 *
 * It uses the globals of Jest: `describe`, `it`, `expect`, `beforeEach`, `afterEach`. Vitest has them with
 * `globals: true`.
 *
 * @param open called before each test
 */
export function describeStore(name: string, open: () => Promise<OpenedStore>): void {
  describe(name, () => {
    let opened: OpenedStore;
    const current: StoreUnderTest = () => opened.store;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(async () => {
      await opened.close();
    });

    describeThreads(current);
    describeItems(current);
    describeAttachments(current);
    describeConcurrency(current);
  });
}
