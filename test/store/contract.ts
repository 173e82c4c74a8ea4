import type { TenantScope } from '../../src/chatkit/core/scope.js';
import type { Store } from '../../src/chatkit/core/store.js';
import { describeConcurrency } from './contract-concurrency.js';
import { describeItems } from './contract-items.js';
import { describeThreads } from './contract-threads.js';

/** A fresh, empty store for one test. */
export interface OpenedStore {
  readonly store: Store<TenantScope>;
  close(): Promise<void>;
}

/** Gives the store under test; called before each test. */
export type StoreUnderTest = () => Store<TenantScope>;

/** What every store has to do, whatever it keeps things in. */
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
    describeConcurrency(current);
  });
}
