import type { Store, TenantScope } from '../../chatkit/core/index.js';

/** Gives the store under test; called before each test. */
export type StoreUnderTest = () => Store<TenantScope>;
